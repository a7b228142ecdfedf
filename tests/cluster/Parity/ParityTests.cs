using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>The backtester and the grains do the same to the last decimal, whatever happens in between.</summary>
public class ParityTests
{
    /// <summary>So little of each bar that entries, exits and targets fill in parts.</summary>
    private static readonly MatchingOptions Thin = new() { FeeBps = 10, SlippageBps = 5, MaxVolumeShare = Tapes.ThinShare };

    /// <summary>Three symbols that want 60 % each: two of them compete for what the first has left.</summary>
    private static readonly RiskLimits Greedy = new() { MaxPositionShare = 0.6m, MaxOpenPositions = 3, MinNotional = 10, CooldownBars = 1 };

    [Fact]
    public async Task The_grains_trade_real_candles_exactly_as_the_backtester()
    {
        var tapes = Tapes.Take(5_000);
        var (expected, result) = Backtest(tapes);
        var memory = new ThrowAwayState();
        await using var host = await StartAsync(tapes, memory);
        await host.RunAsync();

        AssertSame(expected, await TradingHost.FactsAsync(memory.Journal));
        await AssertSameAccount(result, host);
        AssertThatMuchHappened(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_234)]
    [InlineData(4_999)]
    public async Task A_restart_in_the_middle_changes_nothing(int steps)
    {
        var tapes = Tapes.Take(5_000);
        var (expected, result) = Backtest(tapes);
        var memory = new ThrowAwayState();
        await using (var first = await StartAsync(tapes, memory)) await first.RunAsync(steps);
        await using var second = await StartAsync(tapes, memory);
        await second.RunAsync();

        AssertSame(expected, await TradingHost.FactsAsync(memory.Journal));
        await AssertSameAccount(result, second);
    }

    [Fact]
    public async Task A_crash_after_any_record_of_the_journal_changes_nothing()
    {
        var tapes = Tapes.Take(400);
        var (expected, result) = Backtest(tapes);
        var whole = new ThrowAwayState();
        await using (var host = await StartAsync(tapes, whole)) await host.RunAsync();
        var batches = await whole.Journal.ReadAsync("replay", 1, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.True(batches.Count > 40, $"only {batches.Count} records");

        for (var kept = 1; kept < batches.Count; kept++)
        {
            // The journal ends here, and neither snapshot nor exchange remembers anything.
            var memory = new ThrowAwayState();
            foreach (var batch in batches.Take(kept)) await memory.Journal.AppendAsync("replay", batch, TestContext.Current.CancellationToken);
            await using var host = await StartAsync(tapes, memory);
            await host.RunAsync();
            AssertSame(expected, await TradingHost.FactsAsync(memory.Journal), $"after record {kept}");
            await AssertSameAccount(result, host);
        }
    }

    private static Task<TradingHost> StartAsync(IReadOnlyList<SymbolTape> tapes, ThrowAwayState memory) =>
        TradingHost.StartAsync(new TapeFeed(Interval.OneHour, tapes), memory, Thin, Greedy);

    private static (List<Fact> Facts, BacktestResult Result) Backtest(IReadOnlyList<SymbolTape> tapes)
    {
        var facts = new List<Fact>();
        var result = Backtester.Run(new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = tapes,
            Strategy = () => new TrendStrategy(),
            Matching = Thin,
            Limits = Greedy,
            Listener = turn => facts.AddRange(turn),
        });
        return (facts, result);
    }

    private static void AssertSame(List<Fact> expected, List<Fact> actual, string? when = null)
    {
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            // The backtester keeps no explanations, and each account is bound to a market of its own.
            var a = expected[i] with { Decision = null, Market = null };
            var b = actual[i] with { Decision = null, Market = null };
            Assert.True(a == b, $"fact {i + 1} {when}:\nexpected {a}\nactual   {b}");
        }

        Assert.Equal(expected.Count, actual.Count);
    }

    private static async Task AssertSameAccount(BacktestResult expected, TradingHost host)
    {
        var state = await host.Portfolio.CopyStateAsync();
        Assert.Equal(expected.Total, PortfolioFigures.Of(state, expected.Total.Bars));
        Assert.Equal((expected.Account.Cash, expected.Account.Reserved, expected.Account.Fees), (state.Cash, state.Reserved, state.Fees));
    }

    /// <summary>A comparison of two runs in which nothing happens would prove nothing.</summary>
    private static void AssertThatMuchHappened(List<Fact> facts)
    {
        Assert.True(facts.Count(fact => fact is { Kind: FactKind.Filled, IsLast: false }) > 20, "partial fills");
        Assert.Contains(facts, fact => fact.Kind == FactKind.OrderRejected);
        Assert.Contains(facts, fact => fact.Kind == FactKind.ProtectionLost);
        Assert.Contains(facts, fact => fact.Kind == FactKind.EntryRefused);
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Stop });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Target });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Signal });
        Assert.True(facts.Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }).Select(fact => fact.Symbol).Distinct(StringComparer.Ordinal).Count() == 3, "all symbols");
    }
}
