using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Opens the account when the silo has started, and sets the strategy going.</summary>
public sealed partial class TradingSession(IGrainFactory grains, MarketChoice market, ServiceInfo service, ILogger<TradingSession> log) : IHostedService
{
    /// <summary>The account as this start found it; null before.</summary>
    public PortfolioView? Found { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in market.Problems) LogProblem(log, problem);
        Found = await OpenAsync(grains, market.Feed, service, cancellationToken);
        await grains.GetGrain<IStrategyGrain>(service.StrategyKey).StartAsync(service.Speed);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Opens the account on the market, or finds it open.</summary>
    /// <exception cref="AccountNotOpenException">Its journal fails, it is bound to another market, or it is invested in a symbol that this one does not have.</exception>
    public static async Task<PortfolioView> OpenAsync(IGrainFactory grains, IMarketFeed feed, ServiceInfo service, CancellationToken cancellation)
    {
        var first = await feed.NextAsync(DateTime.MinValue, cancellation);
        var start = first is null ? DateTime.UnixEpoch : first.Bars[0].Candle.OpenTime;
        var opening = new AccountOpening(service.Cash, feed.Identity, feed.Interval, [.. feed.Symbols], start, service.Terms);
        var portfolio = grains.GetGrain<IPortfolioGrain>(service.Account);
        var opened = await portfolio.OpenAsync(opening);
        if (opened.Result != OpenResult.Open) throw AccountNotOpenException.Of(opened, service.Account, feed.Identity);

        var account = await portfolio.ViewAsync();
        string[] missing = [.. InvestedIn(account).Except(service.Symbols, StringComparer.Ordinal)];
        if (missing.Length > 0) throw AccountNotOpenException.Without(service.Account, missing, service.Symbols);
        return account;
    }

    private static IEnumerable<string> InvestedIn(PortfolioView portfolio) =>
        portfolio.Positions.Select(position => position.Symbol).Concat(portfolio.Orders.Select(order => order.Symbol)).Order(StringComparer.Ordinal);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);
}
