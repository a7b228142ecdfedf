using Microsoft.Extensions.DependencyInjection;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>One market traded by the backtester, to compare what the grains make of it.</summary>
internal sealed class ParityRun
{
    /// <summary>So little of each bar that entries, exits and targets fill in parts.</summary>
    public static readonly MatchingOptions Thin = new() { FeeBps = 10, SlippageBps = 5, MaxVolumeShare = Tapes.ThinShare };

    /// <summary>Three symbols that want 60 % each: two of them compete for what the first has left.</summary>
    public static readonly RiskLimits Greedy = new() { MaxPositionShare = 0.6m, MaxOpenPositions = 3, MinNotional = 10, CooldownBars = 1 };

    /// <summary>As <see cref="Greedy"/>, with every limit and protection on, so tight that most of them are crossed within days.</summary>
    public static RiskLimits Guarded(LimitReaction reaction) => Greedy with
    {
        MaxDailyLoss = 0.01m,
        DailyLossReaction = reaction == LimitReaction.Pause ? LimitReaction.Refuse : reaction,
        MaxDrawdown = 0.04m,
        DrawdownReaction = reaction,
        MaxLossStreak = 4,
        LossStreakReaction = reaction == LimitReaction.Flatten ? reaction : LimitReaction.Refuse,
        MaxTradesPerDay = 6,
        TradesPerDayReaction = reaction == LimitReaction.Flatten ? reaction : LimitReaction.Refuse,
        MaxExposure = 0.9m,
        ExposureReaction = reaction == LimitReaction.Flatten ? reaction : LimitReaction.Refuse,
        MaxSymbolExposure = 0.7m,
        MaxClusterExposure = 0.9m,
        MaxSpread = 0.01m,
        MinLiquidity = 1,
        MinRewardToRisk = 1,
        MaxDataAgeSeconds = 60,
        RiskPerTrade = 0.03m,
        VolatilityTarget = 0.8m,
        VolatilityBars = 24,
        CorrelationBars = 24,
        ClusterCorrelation = 0.5m,
        KellyFraction = 0.5m,
        KellyMinTrades = 1,
        StopGuardStops = 3,
        // Six bars, rounded up.
        StopGuardLockMinutes = 330,
        MaxRecentDrawdown = 0.02m,
        RecentDrawdownLockBars = 4,
        LowProfitTrades = 3,
        LowProfitLockBars = 12,
    };

    /// <summary>Exit rules that differ with the number: each is on in some and off in others, so tight that they act within days.</summary>
    public static ExitRules Led(int number)
    {
        var random = new Random(number);
        return new ExitRules
        {
            Stop = (StopRule)random.Next(5),
            AtrPeriod = 5,
            StopInRanges = 1 + (2 * random.NextDouble()),
            StopShare = 0.01 + (0.03 * random.NextDouble()),
            StructureMargin = random.Next(3) / 2.0,
            ChandelierPeriod = 10,
            Target = (TargetRule)random.Next(3),
            TargetInRisks = 1 + (2 * random.NextDouble()),
            Trail = (StopRule)random.Next(5),
            TrailInRanges = 1 + (2 * random.NextDouble()),
            TrailShare = 0.01 + (0.03 * random.NextDouble()),
            TrailFromRisks = random.Next(3) / 2m,
            BreakEvenFromRisks = random.Next(3) / 2m,
            BreakEvenMargin = random.Next(2) / 1000m,
            LeastRaise = random.Next(3) / 1000m,
            Partials = random.Next(4) switch { 0 => "", 1 => "0.5:0.5", 2 => "0.3:0.3,0.8:0.3", _ => "0.2:0.97" },
            TimeStopBars = 8 * random.Next(3),
            TimeStopRisks = random.Next(2) / 2m,
            MaxUnprotectedSeconds = 300 * random.Next(2),
        };
    }

    private readonly IReadOnlyList<SymbolTape> _tapes;
    private readonly List<Fact> _facts = [];
    private readonly AccountState _expected;
    private readonly string _strategy;
    private readonly StrategyLibrary _library;

    public ParityRun(IReadOnlyList<SymbolTape> tapes, RiskLimits? limits = null, ExitRules? exits = null, MatchingOptions? matching = null, string strategy = "trend", StrategyLibrary? library = null)
    {
        Limits = limits ?? Greedy;
        Exits = exits ?? new ExitRules();
        Matching = matching ?? Thin;
        _tapes = tapes;
        (_strategy, _library) = (strategy, library ?? StrategyLibrary.BuiltIn);
        var entry = _library.Find(strategy)!;
        _expected = Backtester.Run(new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = tapes,
            Strategy = () => entry.Create(entry.Defaults),
            Matching = Matching,
            Limits = Limits,
            Exits = Exits,
            Explains = true,
            Listener = turn => _facts.AddRange(turn),
        });
    }

    public RiskLimits Limits { get; }

    public ExitRules Exits { get; }

    public MatchingOptions Matching { get; }

    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>The last closes of a symbol up to that time, oldest first, as many as there are.</summary>
    public double[] Closes(string symbol, DateTime time, int count) =>
        [.. _tapes.Single(tape => string.Equals(tape.Rules.Symbol, symbol, StringComparison.Ordinal)).Candles.ToArray().Where(bar => Interval.OneHour.CloseOf(bar.OpenTime) <= time).TakeLast(count).Select(bar => bar.Close)];

    public Task<TradingHost> StartAsync(ThrowAwayState memory, Action<IServiceCollection>? services = null) =>
        TradingHost.StartAsync(new TapeFeed(Interval.OneHour, _tapes), memory, Matching, Limits, _strategy, services, Exits, _library);

    /// <summary>Every fact, figure and balance is the backtester's.</summary>
    public async Task AssertSameAsync(ThrowAwayState memory, TradingHost host, string? when = null)
    {
        var actual = await TradingHost.FactsAsync(memory.Journal);
        for (var i = 0; i < Math.Min(_facts.Count, actual.Count); i++)
        {
            // Each account is bound to a market of its own.
            var a = _facts[i] with { Decision = null, Market = null };
            var b = actual[i] with { Decision = null, Market = null };
            Assert.True(a == b, $"fact {i + 1} {when}:\nexpected {a}\nactual   {b}");
            AssertSame(_facts[i].Decision, actual[i].Decision, $"fact {i + 1} {when}");
        }

        Assert.Equal(_facts.Count, actual.Count);
        var state = await host.Portfolio.CopyStateAsync();
        Assert.NotNull(state);
        Assert.Equal(PortfolioFigures.Of(_expected), PortfolioFigures.Of(state));
        // What the page draws ends where the account stands, and so do its days.
        Assert.Equal(state.Equity.Latest, (await host.Portfolio.HistoryAsync(0, 1)).Equity[^1].Equity);
        Assert.Equal(state.Equity.Latest, (await host.Portfolio.PerformanceAsync()).Days[^1].End);
        Assert.Equal((_expected.Cash, _expected.Reserved, _expected.Fees), (state.Cash, state.Reserved, state.Fees));
        var (risk, expectedRisk) = (state.Risk, _expected.Risk);
        Assert.Equal(
            (expectedRisk.Day, expectedRisk.DayEquity, expectedRisk.DayEntries, expectedRisk.LossStreak, expectedRisk.Peak, expectedRisk.Hits, expectedRisk.PausedBy),
            (risk.Day, risk.DayEquity, risk.DayEntries, risk.LossStreak, risk.Peak, risk.Hits, risk.PausedBy));
        Assert.Equal(expectedRisk.Locks, risk.Locks);
        Assert.Equal(expectedRisk.Trades.Items, risk.Trades.Items);
        foreach (var (expected, position) in _expected.Positions.Zip(state.Positions))
            Assert.Equal((position.Symbol, EquityMark.Of(expected.Record.Equity)), (expected.Symbol, EquityMark.Of(position.Record.Equity)));
    }

    // All but the votes, which the backtester leaves out.
    private static void AssertSame(Decision? expected, Decision? actual, string where)
    {
        Assert.True(expected is null == actual is null, where);
        if (expected is null || actual is null) return;
        Assert.True((expected.Signal, expected.Price, expected.Refusal) == (actual.Signal, actual.Price, actual.Refusal), $"{where}: {actual.Signal} instead of {expected.Signal}");
        Assert.Equal((expected.Kind, expected.Before, expected.Problem, expected.Sale), (actual.Kind, actual.Before, actual.Problem, actual.Sale));
        Assert.Equal(expected.Checks.AsEnumerable(), actual.Checks.AsEnumerable());
    }
}
