using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
#if !ORLEANS
using Orleans.Embedded;
#endif
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Grains;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>The service's grains over tapes, driven step by step by a test; a second one over the same memory is a restart.</summary>
internal sealed class TradingHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ServiceInfo _service;
    private readonly IGrainFactory _grains;

    private TradingHost(IHost host)
    {
        _host = host;
        _service = host.Services.GetRequiredService<ServiceInfo>();
        _grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public IPortfolioGrain Portfolio => _grains.GetGrain<IPortfolioGrain>(_service.Account);

    public IExchangeGrain Exchange => _grains.GetGrain<IExchangeGrain>(_service.Account);

    public IStrategyGrain Strategy => _grains.GetGrain<IStrategyGrain>(_service.StrategyKey);

    public StrategyInForce InForce => _host.Services.GetRequiredService<StrategyInForce>();

    public TraderSettings Settings => _host.Services.GetRequiredService<TraderSettings>();

    public ISymbolGrain Symbol(string symbol) => _grains.GetGrain<ISymbolGrain>(symbol);

    public static async Task<TradingHost> StartAsync(
        IMarketFeed feed,
        ThrowAwayState memory,
        MatchingOptions matching,
        RiskLimits limits,
        string strategy = "trend",
        Action<IServiceCollection>? services = null,
        ExitRules? exits = null,
        StrategyLibrary? library = null,
        string handOver = "")
    {
        var settings = new TraderSettings(new MarketSettings(), new AccountSettings { Strategy = strategy, HandOver = handOver }, new StateSettings(), matching, limits) { Exit = exits ?? new ExitRules(), Strategies = library ?? StrategyLibrary.BuiltIn };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddThrowAwayTrader(settings, feed, memory);
        // Below the age of every grain class in this assembly, as Orleans demands.
        builder.Services.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromSeconds(1));
#if !ORLEANS
        builder.Services.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = true);
#endif
        // What is compared step by step must not hang on how busy the machine is.
        builder.Services.AddSingleton(provider => new PositionLooks(provider.GetRequiredService<StrategyInForce>()) { Longest = TimeSpan.FromMinutes(1) });
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        var trading = new TradingHost(host);
        await TradingSession.OpenAsync(trading._grains, feed, trading._service, CancellationToken.None);
        return trading;
    }

    /// <summary>Steps until the market ends or so many steps are done.</summary>
    public async Task RunAsync(int steps = int.MaxValue)
    {
        for (var i = 0; i < steps; i++)
        {
            var outcome = await Strategy.StepAsync();
            if (outcome == StepOutcome.Ended) return;
            if (outcome != StepOutcome.Done) throw new InvalidOperationException($"step {i} ended as {outcome}");
        }
    }

    public static async Task<List<Fact>> FactsAsync(IJournal journal)
    {
        var facts = new List<Fact>();
        await foreach (var batch in journal.ReadAsync("replay", 1, CancellationToken.None)) facts.AddRange(batch.Facts);
        return facts;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
