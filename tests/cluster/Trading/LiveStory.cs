#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Hosting;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>An account beside a live exchange that says what a test wants it to, in virtual time. The account begins with 10,000.</summary>
public abstract class LiveStory
{
    private protected static readonly SymbolRules A = new("AUSDT", "A", "USDT", 0.01m, 0.01m, 5);
    private protected static readonly SymbolRules B = new("BUSDT", "B", "USDT", 0.01m, 0.01m, 5);

    private protected readonly ScriptedExchange _exchange = new() { Prices = [new(A.Symbol, 100), new(B.Symbol, 100)] };
    private protected readonly Orleans.Embedded.Simulation _simulation = new(1);
    private protected readonly ThrowAwayState _memory = new();

    private protected static OrderRequest Order(long id, SymbolRules rules) =>
        new() { Kind = RequestKind.Place, OrderId = id, Symbol = rules.Symbol, Side = OrderSide.Sell, Type = OrderType.Market, Purpose = OrderPurpose.Exit, Quantity = 1 };

    private protected static async Task SettleAsync(TradingHost host, TimeProvider time)
    {
        for (var second = 0; await host.Strategy.StepAsync() == StepOutcome.Waiting; second++)
        {
            Assert.True(second < 120, "it never settles");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }
    }

    private protected void Run(Func<TradingHost, TimeProvider, Task> story)
    {
        var process = _simulation.StartProcess();
        _simulation.Run(async () => await story(await StartAsync(services => services.UseSimulation(process)), process.Time), maxSteps: 200_000);
    }

    private protected Task<TradingHost> StartAsync(Action<IServiceCollection> runtime, StrategyEntry? strategy = null, params SymbolRules[] more)
    {
        var bars = Enumerable.Range(0, 5).Select(n => new Candle(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(n), 100, 101, 99, 100, 1_000)).ToArray();
        return TradingHost.StartAsync(
            new TapeFeed(Interval.OneMinute, [new SymbolTape(A, bars), new SymbolTape(B, bars), .. more.Select(rules => new SymbolTape(rules, bars))]),
            _memory,
            new MatchingOptions(),
            RiskLimits.None with { MaxPositionShare = 0.1m },
            (strategy ?? QuietStrategy.Entry).Name,
            services =>
            {
                runtime(services);
                services.AddSingleton<IExchangeConnector>(_exchange);
            },
            library: new StrategyLibrary([strategy ?? QuietStrategy.Entry], []));
    }
}
#endif
