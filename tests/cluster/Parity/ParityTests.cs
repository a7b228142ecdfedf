using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>The backtester and the grains do the same to the last decimal, whatever happens in between.</summary>
public class ParityTests
{
    [Fact]
    public async Task The_grains_trade_real_candles_exactly_as_the_backtester()
    {
        var run = new ParityRun(Tapes.Take(5_000));
        var memory = new ThrowAwayState();
        await using var host = await run.StartAsync(memory);
        await host.RunAsync();

        await run.AssertSameAsync(memory, host);
        AssertThatMuchHappened(run.Facts);
    }

    [Fact]
    public async Task What_is_added_to_a_position_is_the_same_in_both()
    {
        var run = new ParityRun(Tapes.WithGaps(3_000), strategy: "dca");
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(1_234);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
        Assert.True(run.Facts.Count(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }) > 30, "entries");
        Assert.DoesNotContain(run.Facts, fact => fact.Kind == FactKind.PositionClosed);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public async Task A_strategy_that_looks_at_its_position_sees_the_same_in_both(int number, bool isClustered)
    {
        var exits = number == 0 ? new ExitRules() : ParityRun.Led(number);
        // What the look alone wants to buy is held to the limits that need closes, like any entry.
        var limits = isClustered ? ParityRun.Greedy with { MaxClusterExposure = 0.7m, ClusterCorrelation = 0.3m, CorrelationBars = 24, VolatilityTarget = 0.8m, VolatilityBars = 24 } : ParityRun.Greedy;
        var run = new ParityRun(Tapes.WithGaps(3_000), limits, exits: exits, strategy: PatientTrend.Entry.Name, library: new StrategyLibrary([PatientTrend.Entry], []));
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(1_234);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
        var decisions = run.Facts.Where(fact => fact.Decision?.Before is not null).Select(fact => fact.Decision!.Kind).ToHashSet();
        Assert.Equal([DecisionKind.Bought, DecisionKind.Left, DecisionKind.Refused, DecisionKind.Kept], decisions.Order().ToArray().AsEnumerable());
    }

    [Fact]
    public async Task A_crash_after_any_record_forgets_nothing_of_what_a_strategy_saw()
    {
        var run = new ParityRun(Tapes.Take(400), strategy: PatientTrend.Entry.Name, library: new StrategyLibrary([PatientTrend.Entry], []));
        var batches = await BatchesOfAsync(run);
        Assert.Contains(run.Facts, fact => fact.Kind == FactKind.PositionLooked);
        await CrashAsync(run, batches, every: 3);
    }

    [Theory]
    [InlineData(LimitReaction.Refuse)]
    [InlineData(LimitReaction.Pause)]
    [InlineData(LimitReaction.Flatten)]
    public async Task Limits_are_crossed_at_the_same_bars_with_the_same_consequences(LimitReaction reaction)
    {
        var run = new ParityRun(Tapes.WithGaps(1_500), ParityRun.Guarded(reaction));
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(555);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);

        var hits = run.Facts.Where(fact => fact.Kind == FactKind.LimitHit).Select(fact => fact.Breach!.Limit).ToList();
        Assert.Contains(RefusalCode.DailyLoss, hits);
        Assert.Contains(RefusalCode.Drawdown, hits);
        Assert.Contains(run.Facts, fact => fact.Kind == FactKind.LockSet);
        Assert.Equal(reaction == LimitReaction.Flatten, run.Facts.Any(fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Limit }));
    }

    [Theory]
    [InlineData(LimitReaction.Refuse)]
    [InlineData(LimitReaction.Flatten)]
    public async Task A_crash_after_any_record_forgets_no_limit(LimitReaction reaction)
    {
        var run = new ParityRun(Tapes.WithGaps(400), ParityRun.Guarded(reaction));
        var batches = await BatchesOfAsync(run);
        await CrashAsync(run, batches, every: 11);
    }

    public static TheoryData<int, FeeAsset> Rules => new() { { 1, FeeAsset.Quote }, { 2, FeeAsset.Base }, { 3, FeeAsset.Bnb }, { 7, FeeAsset.Base } };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Trades_are_led_and_left_by_exit_rules_at_the_same_bars(int number, FeeAsset fee)
    {
        var run = new ParityRun(Tapes.WithGaps(1_500), exits: ParityRun.Led(number), matching: ParityRun.Thin with { FeeAsset = fee });
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(555);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
    }

    [Fact]
    public async Task A_stop_that_follows_and_parts_that_are_sold_are_the_same_on_real_candles()
    {
        var exits = new ExitRules { Stop = StopRule.Atr, Target = TargetRule.None, Trail = StopRule.Chandelier, TrailFromRisks = 1, BreakEvenFromRisks = 0.5m, Partials = "0.5:0.3,1:0.3", TimeStopBars = 12 };
        var run = new ParityRun(Tapes.Take(5_000), exits: exits, matching: ParityRun.Thin with { FeeAsset = FeeAsset.Base });
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(2_345);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
        foreach (var reason in new[] { ExitReason.Stop, ExitReason.Trailing, ExitReason.BreakEven, ExitReason.TimeStop, ExitReason.Partial })
            Assert.True(run.Facts.Count(fact => fact.Kind == FactKind.Filled && fact.Exit == reason) > 10, $"hardly anything was left by {reason}");
    }

    [Fact]
    public async Task A_crash_after_any_record_forgets_nothing_of_how_a_trade_is_led()
    {
        var exits = new ExitRules { Trail = StopRule.Atr, TrailInRanges = 2, BreakEvenFromRisks = 0.3m, Partials = "0.3:0.5", TimeStopBars = 20 };
        var run = new ParityRun(Tapes.Take(400), exits: exits, matching: ParityRun.Thin with { FeeAsset = FeeAsset.Bnb });
        var batches = await BatchesOfAsync(run);
        Assert.Contains(run.Facts, fact => fact.Kind == FactKind.StopRaised);
        Assert.Contains(run.Facts, fact => fact.Kind == FactKind.ReductionStarted);
        await CrashAsync(run, batches, every: 3);
    }

    [Fact]
    public async Task Symbols_that_lack_bars_or_come_late_are_traded_the_same()
    {
        var run = new ParityRun(Tapes.WithGaps(1_500));
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(777);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_234)]
    [InlineData(4_999)]
    public async Task A_restart_in_the_middle_changes_nothing(int steps)
    {
        var run = new ParityRun(Tapes.Take(5_000));
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(steps);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
    }

    [Fact]
    public async Task A_crash_after_any_record_of_the_journal_changes_nothing()
    {
        var run = new ParityRun(Tapes.Take(400));
        var batches = await BatchesOfAsync(run);
        Assert.True(batches.Count > 40, $"only {batches.Count} records");
        await CrashAsync(run, batches, every: 1);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(150, 7)]
    [InlineData(222, 30)]
    public async Task A_crash_with_a_snapshot_that_is_behind_the_journal_changes_nothing(int steps, int further)
    {
        var run = new ParityRun(Tapes.Take(400));
        var batches = await BatchesOfAsync(run);
        var memory = new ThrowAwayState();
        // An orderly stop writes the snapshot; the journal goes on without it.
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(steps);
        var written = await memory.Journal.ReadAsync("replay", 1, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);
        foreach (var batch in batches.Skip(written).Take(further)) await memory.Journal.AppendAsync("replay", batch, TestContext.Current.CancellationToken);

        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
    }

    /// <summary>Ends the run after every so many records, goes on from what is left, and compares it with the run that was not ended.</summary>
    private static async Task CrashAsync(ParityRun run, List<Core.Ports.JournalBatch> batches, int every)
    {
        for (var kept = 1; kept < batches.Count; kept += every)
        {
            // The journal ends here, and neither snapshot nor exchange remembers anything.
            var memory = new ThrowAwayState();
            foreach (var batch in batches.Take(kept)) await memory.Journal.AppendAsync("replay", batch, TestContext.Current.CancellationToken);
            await using var host = await run.StartAsync(memory);
            await host.RunAsync();
            await run.AssertSameAsync(memory, host, $"after record {kept}");
        }
    }

    private static async Task<List<Core.Ports.JournalBatch>> BatchesOfAsync(ParityRun run)
    {
        var whole = new ThrowAwayState();
        await using (var host = await run.StartAsync(whole)) await host.RunAsync();
        return await whole.Journal.ReadAsync("replay", 1, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A comparison of two runs in which nothing happens would prove nothing.</summary>
    private static void AssertThatMuchHappened(IReadOnlyList<Fact> facts)
    {
        Assert.True(facts.Count(fact => fact is { Kind: FactKind.Filled, IsLast: false }) > 20, "partial fills");
        Assert.Contains(facts, fact => fact.Kind == FactKind.OrderRejected);
        Assert.Contains(facts, fact => fact.Kind == FactKind.ProtectionLost);
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.NoCash or RefusalCode.BelowMinNotional });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Stop });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Target });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Signal });
        var decisions = facts.Where(fact => fact.Decision is not null).Select(fact => fact.Decision!.Signal).ToList();
        Assert.All(decisions, signal => Assert.Equal(signal.Regime == MarketRegime.Unknown ? 0 : RegimeRules.Current.Version, signal.RegimeRules));
        Assert.True(decisions.Select(signal => signal.Regime).Distinct().Count() > 4, "regimes");
        var entries = facts.Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }).ToList();
        Assert.Equal(3, entries.Select(fact => fact.Symbol).Distinct(StringComparer.Ordinal).Count());
        // Who decides second gets what the first has left.
        Assert.Contains(entries.GroupBy(fact => fact.Time), step => step.Count() > 1 && step.Min(fact => fact.Amount) < 0.9m * step.Max(fact => fact.Amount));
    }
}
