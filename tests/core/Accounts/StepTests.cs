using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The backtester, which passes quiet bars without the stages of a step, against every stage at every bar.</summary>
public class StepTests
{
    public static TheoryData<string, double, int> Runs => new MatrixTheoryData<string, double, int>(["trend", "sma-cross", "coin"], [0, 0.05], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Quiet_bars_passed_over_change_nothing(string strategy, double volumeShare, int symbols)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var plan = Plan(strategy, volumeShare, symbols, seed);
            var facts = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => facts.AddRange(batch) }, TestContext.Current.CancellationToken).Account;
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken).Account;
            var (slow, expected) = EveryStage.Run(plan);

            Assert.Equal(expected, facts);
            foreach (var state in new[] { fast, silent })
            {
                Assert.Equal(
                    (slow.Sequence, slow.StepTime, slow.StepPhase, slow.Cash, slow.EquityValue, slow.Equity.Latest, slow.Equity.Peak, slow.Equity.MaxDrawdown),
                    (state.Sequence, state.StepTime, state.StepPhase, state.Cash, state.EquityValue, state.Equity.Latest, state.Equity.Peak, state.Equity.MaxDrawdown));
                Assert.Equal(slow.Positions.Select(Marks), state.Positions.Select(Marks));
            }
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void An_exchange_restored_after_each_bar_goes_on_as_if_it_had_never_stopped(double volumeShare)
    {
        var partialStops = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var plan = Plan("coin", volumeShare, symbols: 2, seed);
            // Bars in which nothing trades, and bars in which less than one step may be taken, touch stops as well.
            var random = new Random(seed);
            plan = plan with { Tapes = [.. plan.Tapes.Select(tape => tape with { Candles = Thinned(tape.Candles.ToArray(), random) })] };

            var (expected, facts) = EveryStage.Run(plan);
            var (state, factsOfRestored) = EveryStage.Run(plan, restoresExchange: true);
            Assert.Equal(facts, factsOfRestored);
            Assert.Equal((expected.Cash, expected.EquityValue), (state.Cash, state.EquityValue));
            partialStops += facts.Count(fact => fact is { Kind: FactKind.Filled, Leg: OcoLeg.Stop, IsLast: false });
        }

        Assert.True(partialStops > 0, "no stop was ever traded in part, so nothing of interest was restored");
    }

    private static Candle[] Thinned(Candle[] bars, Random random) =>
        [.. bars.Select(bar => bar with { Volume = random.Next(4) switch { 0 => 0, 1 => 0.00001, _ => bar.Volume } })];

    private static (double Mark, double Peak, double MaxDrawdown, RefusalCode LastRefusal) Marks(Position position) =>
        (position.Mark, position.Record.Equity.Peak, position.Record.Equity.MaxDrawdown, position.LastRefusal);

    private static BacktestPlan Plan(string strategy, double volumeShare, int symbols, int seed)
    {
        SymbolTape[] tapes =
        [
            new SymbolTape(Build.Btc, Build.Walk(1_200, seed)),
            new SymbolTape(Build.Eth, Build.Walk(1_200, seed + 100, price: 20).Where((_, i) => i % 50 > 5).ToArray()),
            new SymbolTape(Build.Btc with { Symbol = "SOLUSDT" }, Build.Walk(900, seed + 200, price: 5)),
        ];
        return new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = tapes[..symbols],
            Strategy = () => strategy is "coin" ? new CoinStrategy(seed) : StrategyCatalog.Create(strategy),
            Matching = new MatchingOptions { MaxVolumeShare = volumeShare },
            Limits = new RiskLimits { MaxPositionShare = 0.6m, MaxOpenPositions = 2 },
        };
    }
}
