using Microsoft.Extensions.DependencyInjection;
using Orleans;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

public class CallChainTests
{
    [Fact]
    public async Task No_awaited_chain_returns_to_a_grain_that_is_already_on_it()
    {
        var chains = new CallChains();
        await using var host = await TradingHost.StartAsync(
            new TapeFeed(Interval.OneHour, Tapes.Take(400)),
            new ThrowAwayState(),
            new MatchingOptions { MaxVolumeShare = Tapes.ThinShare },
            new RiskLimits(),
            services: services => services.AddSingleton<IIncomingGrainCallFilter>(chains));
        await host.RunAsync();

        Assert.Empty(chains.Circles);
        // The filter has seen the chains that matter, or it would prove nothing.
        Assert.Contains("strategy > portfolio > exchange", chains.Seen.Keys, StringComparer.Ordinal);
        Assert.Contains("strategy > portfolio > risk", chains.Seen.Keys, StringComparer.Ordinal);
        Assert.Contains("strategy > symbol", chains.Seen.Keys, StringComparer.Ordinal);
        Assert.Contains($"portfolio.{nameof(IPortfolioGrain.ApplyAsync)}", chains.Calls.Keys, StringComparer.Ordinal);
    }
}
