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
    public static TheoryData<string, double, int> Runs => new MatrixTheoryData<string, double, int>(["trend", "sma-cross", "coin", "adding-coin", "dca"], [0, 0.05], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Quiet_bars_passed_over_change_nothing(string strategy, double volumeShare, int symbols)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var plan = Plan(strategy, volumeShare, symbols, seed);
            var facts = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => facts.AddRange(batch) }, TestContext.Current.CancellationToken);
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken);
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
    [InlineData(0.05, 1)]
    [InlineData(0.05, 3)]
    [InlineData(0, 1)]
    public void Quiet_bars_passed_over_change_nothing_for_a_strategy_that_looks_at_its_position(double volumeShare, int symbols)
    {
        var all = new List<Fact>();
        for (var seed = 0; seed < 20; seed++)
        {
            var plan = Plan("coin", volumeShare, symbols, seed);
            plan = plan with { Strategy = () => new PatientStrategy(new CoinStrategy(seed, adds: true)) };
            if (seed % 2 == 0) plan = plan with { Exits = RandomExits.Of(new Random(seed)) };
            var facts = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => facts.AddRange(batch) }, TestContext.Current.CancellationToken);
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken);
            var (slow, expected) = EveryStage.Run(plan);
            Assert.Equal(expected, facts);
            foreach (var state in new[] { fast, silent })
            {
                Assert.Equal((slow.Sequence, slow.Cash, slow.EquityValue, slow.Equity.MaxDrawdown), (state.Sequence, state.Cash, state.EquityValue, state.Equity.MaxDrawdown));
                Assert.Equal(slow.Positions.Select(Marks), state.Positions.Select(Marks));
            }

            all.AddRange(facts);
        }

        Assert.Contains(all, fact => fact.Look == LookOutcome.HeldBack);
        Assert.Contains(all, fact => fact is { Kind: FactKind.PositionLooked, Look: LookOutcome.None });
    }

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.05, 3)]
    [InlineData(0, 2)]
    public void Quiet_bars_passed_over_change_nothing_for_trades_that_are_led(double volumeShare, int symbols)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var plan = Plan("coin", volumeShare, symbols, seed);
            plan = plan with { Exits = RandomExits.Of(new Random(seed)), Matching = plan.Matching with { FeeAsset = (FeeAsset)(seed % 3) } };
            var facts = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => facts.AddRange(batch) }, TestContext.Current.CancellationToken);
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken);
            var (slow, expected) = EveryStage.Run(plan);
            var (_, restored) = EveryStage.Run(plan, restoresExchange: true);

            Assert.Equal(expected, facts);
            Assert.Equal(expected, restored);
            foreach (var state in new[] { fast, silent })
            {
                Assert.Equal((slow.Sequence, slow.Cash, slow.Fees, slow.EquityValue, slow.Equity.MaxDrawdown), (state.Sequence, state.Cash, state.Fees, state.EquityValue, state.Equity.MaxDrawdown));
                Assert.Equal(slow.Positions.Select(Lead), state.Positions.Select(Lead));
            }
        }
    }

    private static (decimal Stop, ExitReason By, int Parts, decimal Reduction, TimeSpan Unprotected, DateTime Since, PositionState State) Lead(Position position) =>
        (position.Stop, position.StopRaisedBy, position.PartsTaken, position.Reduction, position.Unprotected, position.UnprotectedSince, position.State);

    public static TheoryData<LimitReaction, int> Reactions => new MatrixTheoryData<LimitReaction, int>([LimitReaction.Refuse, LimitReaction.Pause, LimitReaction.Flatten], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(Reactions))]
    public void Quiet_bars_passed_over_change_nothing_for_the_limits_that_are_watched(LimitReaction reaction, int symbols)
    {
        var facts = new List<Fact>();
        for (var seed = 0; seed < 12; seed++)
        {
            foreach (var tight in new[] { true, false })
            {
                var plan = Plan(seed % 2 == 0 ? "coin" : "sma-cross", 0.05, symbols, seed);
                plan = plan with { Limits = Watched(reaction, tight) };
                var seen = new List<Fact>();
                var fast = Backtester.Run(plan with { Listener = batch => seen.AddRange(batch) }, TestContext.Current.CancellationToken);
                var silent = Backtester.Run(plan, TestContext.Current.CancellationToken);
                var (slow, expected) = EveryStage.Run(plan);

                Assert.Equal(expected, seen);
                Assert.Equal(Watch(slow), Watch(fast));
                Assert.Equal(Watch(slow), Watch(silent));
                facts.AddRange(seen);
            }
        }

        // A paused account trades no further, so that not each of its limits is reached.
        var hits = facts.Where(fact => fact.Kind == FactKind.LimitHit).Select(fact => fact.Breach!.Limit).Distinct().Order().ToList();
        if (reaction == LimitReaction.Pause) Assert.True(hits.Count > 1);
        else Assert.Equal([RefusalCode.DailyLoss, RefusalCode.Drawdown, RefusalCode.LossStreak], hits);
        Assert.Equal(reaction == LimitReaction.Flatten, facts.Exists(fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Limit }));
        if (reaction == LimitReaction.Refuse)
            Assert.Equal(3, facts.Where(fact => fact.Kind == FactKind.LockSet).Select(fact => fact.Lock!.Reason).Distinct().Count());
    }

    public static TheoryData<LimitReaction, int> ReactionsToRefusals => new MatrixTheoryData<LimitReaction, int>([LimitReaction.Pause, LimitReaction.Flatten], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(ReactionsToRefusals))]
    public void Quiet_bars_passed_over_change_nothing_for_limits_that_react_to_a_refusal(LimitReaction reaction, int symbols)
    {
        var facts = new List<Fact>();
        for (var seed = 0; seed < 12; seed++)
        {
            var plan = Plan("coin", 0.05, symbols, seed) with
            {
                Limits = RiskLimits.None with { MaxPositionShare = 0.4m, MaxTradesPerDay = 2, TradesPerDayReaction = reaction, MaxOpenPositions = 2, OpenPositionsReaction = reaction },
            };
            var seen = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => seen.AddRange(batch) }, TestContext.Current.CancellationToken);
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken);
            var (slow, expected) = EveryStage.Run(plan);

            Assert.Equal(expected, seen);
            Assert.Equal(Watch(slow), Watch(fast));
            Assert.Equal(Watch(slow), Watch(silent));
            facts.AddRange(seen);
        }

        // Where one symbol alone is traded, nothing is held when an entry is refused.
        Assert.Equal(reaction == LimitReaction.Pause || symbols > 1, facts.Exists(fact => fact.Kind == FactKind.LimitHit));
        Assert.Equal(reaction == LimitReaction.Pause, facts.Exists(fact => fact is { Kind: FactKind.RunStateChanged, Run: RunState.Paused }));
        if (reaction == LimitReaction.Flatten && symbols > 1) Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Limit });
    }

    private static RiskLimits Watched(LimitReaction reaction, bool tight) => RiskLimits.None with
    {
        MaxPositionShare = 0.6m,
        MaxDailyLoss = tight ? 0.01m : 0.04m,
        DailyLossReaction = reaction,
        MaxDrawdown = tight ? 0.8m : 0.1m,
        DrawdownReaction = reaction,
        MaxLossStreak = tight ? 3 : 8,
        LossStreakReaction = reaction,
        MaxTradesPerDay = 6,
        StopGuardStops = 3,
        MaxRecentDrawdown = 0.01m,
        LowProfitTrades = 3,
        MaxClusterExposure = 0.7m,
        ClusterCorrelation = 0.1m,
        CorrelationBars = 20,
        VolatilityTarget = 1.5m,
        VolatilityBars = 30,
    };

    private static (double, double, long, decimal, LimitHits, int, DateTime, decimal, int, int, long) Watch(AccountState state) => (
        state.Equity.Latest, state.Equity.MaxDrawdown, state.Sequence, state.Cash,
        state.Risk.Hits, state.Risk.LossStreak, state.Risk.Day, state.Risk.DayEquity, state.Risk.DayEntries, state.Risk.Locks.Count, BitConverter.DoubleToInt64Bits(state.Risk.Peak));

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

    [Fact]
    public void What_an_entry_buys_in_a_second_bar_is_sold_by_the_stop_of_that_bar_too()
    {
        var state = new AccountState { Name = "test" };
        var account = new Account(state, explains: false);
        var facts = new List<Fact>();
        // One order may take 10 of the 100 that each bar trades: 2,000 in cash buy 20 at 100 in two bars.
        var step = new AccountStep(account, new MatchingEngine(Build.Free with { MaxVolumeShare = 0.1 }, Interval.OneHour, cash: 2_000), RiskLimits.None) { Listener = turn => facts.AddRange(turn) };
        step.Open(2_000, "a test", Interval.OneHour, Build.Start);
        step.Add(Build.Btc, Build.Start);

        step.Run(Build.Close(0), [Build.Bar(0, 100, 101, 99, 100, 100)], [new Signal(Direction.Long, 1, 90, 200)], [0]);
        step.Run(Build.Close(1), [Build.Bar(1, 100, 101, 99, 100, 100)], [Signal.Hold], [0]);
        Assert.Equal((10m, 90m), (state.Positions[0].Quantity, state.Orders.Single(order => order.Id == state.Positions[0].ProtectionOrderId).Request.StopPrice));
        step.Run(Build.Close(2), [Build.Bar(2, 100, 101, 85, 86, 100)], [Signal.Hold], [0]);

        Assert.Equal([(OrderSide.Buy, 10m, 100m), (OrderSide.Buy, 10m, 100m), (OrderSide.Sell, 10m, 90m), (OrderSide.Sell, 10m, 90m)],
            facts.Where(fact => fact.Kind == FactKind.Filled).Select(fact => (fact.Side, fact.Quantity, fact.Price)));
        Assert.Equal((0m, 1_800m), (state.Positions[0].Quantity, state.Cash));
    }

    [Fact]
    public void A_refusal_that_a_bar_has_ended_is_told_again_also_after_a_restart()
    {
        var trader = new Trader { Limits = RiskLimits.None with { MinNotional = 5_000 } };
        trader.Buy();
        trader.NextHour();
        trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        trader.Set(RunState.Paused);
        var marks = trader.State.Positions.Select(SymbolMark.Of).ToArray();

        var restarted = trader.Replayed();
        for (var slot = 0; slot < marks.Length; slot++) marks[slot].Restore(restarted.Positions[slot]);
        Assert.Equal(trader.State.Positions.Select(Marks), restarted.Positions.Select(Marks));
        Assert.Equal(RefusalCode.None, restarted.Positions[0].LastRefusal);
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
            Strategy = () => strategy is "coin" or "adding-coin" ? new CoinStrategy(seed, adds: strategy is "adding-coin") : StrategyCatalog.Create(strategy),
            Matching = new MatchingOptions { MaxVolumeShare = volumeShare },
            Limits = new RiskLimits { MaxPositionShare = 0.6m, MaxOpenPositions = 2 },
        };
    }
}
