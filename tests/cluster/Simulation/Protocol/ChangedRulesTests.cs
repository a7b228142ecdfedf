#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>
/// The exchange changes the rules of a symbol while the service holds it, in virtual time and without any fault. At the close of the second minute 40 % of 10,000 are
/// bought at about 100, with the stop at 95.13 and the target at 110.27; at the close of the ninth the position is left.
/// </summary>
public sealed class ChangedRulesTests
{
    // Spares requests, fees in BNB and the clock.
    private const int Peaceful = 9;
    private const double Buy = 100.01;
    private const double Leave = 100.03;

    private static readonly SymbolRules A = new("AAAUSDT", "AAA", "USDT", 0.01m, 0.001m, 5);
    private static readonly RiskLimits Limits = new() { MaxPositionShare = 0.4m, MaxOpenPositions = 3, MinNotional = 10 };

    private readonly World _world = new(Peaceful) { IsCalm = true };
    private readonly TapeFeed _tapes;
    private readonly Auditor _auditor;
    private readonly SimulatedBinance _exchange;
    private readonly DateTime _start;

    public ChangedRulesTests()
    {
        _start = _world.Simulation.Now.UtcDateTime;
        double[] closes = [100, Buy, 100, 100, 100, 100, 100, 100, Leave, 100, 100];
        _tapes = new TapeFeed(Interval.OneMinute, [new SymbolTape(A, closes.Select((close, minute) => new Candle(_start.AddMinutes(minute), 100, 100.05, 99.95, close, 1_000_000)).ToArray())]);
        _auditor = new Auditor(_world, Limits, static (_, _, _) => []);
        _exchange = new SimulatedBinance(_world, _tapes, _auditor, Peaceful);
        _exchange.CalmDown();
    }

    [Fact]
    public void A_protected_position_is_protected_anew_within_a_minute_and_a_half_and_sold_by_the_new_grid()
    {
        Run(atSecond: 200);
        var listed = Assert.Single(Changes());
        Assert.InRange(listed.Time, _start.AddSeconds(200), _start.AddSeconds(295));
        // One that was taken back before it was sent, since more of the entry had traded by then, does not count.
        Assert.Equal([(95.13m, 110.27m), (95m, 110.5m)], Protections().Where(order => _auditor.Facts.Any(fact => fact.Kind == FactKind.OrderAccepted && fact.OrderId == order.OrderId)).Select(order => (order.Stop, order.Target)));
        // Little is left between one and the other.
        Assert.InRange(_auditor.Facts.Single(fact => fact.Kind == FactKind.PositionClosed).Unprotected, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Sold();
    }

    [Fact]
    public void A_protection_that_is_refused_for_the_old_grid_is_placed_by_the_new_one_at_once()
    {
        // Seconds before the entry, of which the service can know nothing.
        Run(atSecond: 118);
        Assert.Contains(_auditor.Facts, fact => fact is { Kind: FactKind.OrderRejected, Purpose: OrderPurpose.Protection });
        Assert.Equal((95m, 110.5m), Protections().Select(order => (order.Stop, order.Target)).Last());
        Assert.DoesNotContain(_auditor.Facts, fact => fact.Kind == FactKind.ProtectionLost);
        Sold();
    }

    private IEnumerable<Fact> Changes() => _auditor.Facts.Where(fact => fact.Kind == FactKind.SymbolListed).Skip(1);

    private IEnumerable<Fact> Protections() => _auditor.Facts.Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Protection });

    /// <summary>All that a step of 0.1 can carry was sold as the strategy wanted, the rest is dust, and the exchange has it so.</summary>
    private void Sold()
    {
        var sale = Assert.Single(_auditor.Facts, fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Exit });
        Assert.Equal((ExitReason.Signal, 0m), (sale.Exit, sale.Quantity % 0.1m));
        Assert.DoesNotContain(_auditor.Facts, fact => fact is { Kind: FactKind.OrderRejected, Purpose: OrderPurpose.Exit });
        var position = _auditor.State.Positions[0];
        Assert.True(position.IsDust);
        Assert.InRange(position.Dust, 0.001m, 0.099m);
        Assert.Equal((0.5m, 0.1m), (position.Rules.TickSize, position.Rules.StepSize));
        Assert.Empty(_exchange.Books.DifferencesFrom(() => _auditor.Facts, new Dictionary<string, decimal>(StringComparer.Ordinal)));
        Assert.Null(_world.Violation);
    }

    private void Run(int atSecond)
    {
        _world.Simulation.Run(TradeAsync, maxSteps: 500_000);

        async Task TradeAsync()
        {
            var process = _world.StartProcess();
            var memory = new ThrowAwayState();
            var host = await TradingHost.StartAsync(
                new LiveTapeFeed(_tapes, _exchange.Symbols, process.Time),
                memory,
                new MatchingOptions(),
                Limits,
                MarkedStrategy.Entry.Name,
                services =>
                {
                    services.UseSimulation(process);
                    services.AddSingleton<IJournal>(new SimulatedJournal(_world, memory.Journal, _auditor));
                    services.AddSingleton<IExchangeConnector>(_exchange);
                },
                library: new StrategyLibrary([MarkedStrategy.Entry], []));
            var isChanged = false;
            while (await World.AskAsync(host.Strategy.StepAsync) != StepOutcome.Ended)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), process.Time);
                if (isChanged || process.Time.GetUtcNow().UtcDateTime < _start.AddSeconds(atSecond)) continue;
                isChanged = true;
                _exchange.Exchange.Answer(new RestRequest("PUT", $"/sim/symbols/{A.Symbol}", Body: """{"filters":{"tickSize":0.5,"stepSize":0.1}}"""));
            }
        }
    }

    /// <summary>Does what the price says.</summary>
    private sealed class MarkedStrategy : BarStrategy
    {
        public static StrategyEntry Entry { get; } = new("marked", "Does what the price says.", [], _ => new MarkedStrategy());

        public override string Name => Entry.Name;

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => candle.Close switch
        {
            Buy => new Signal(Direction.Long, 1, 95.13, 110.27),
            Leave => Signal.Flat(1),
            _ => Signal.Hold,
        };
    }
}
#endif
