using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>
/// Every strategy with its defaults over the hours of six real symbols from 2021 to 2023 does the trades that it did when
/// <c>scripts/goldens</c> was last run: prices and quantities as they were ordered, on ticks and steps. So do accounts whose trades
/// are led by exit rules and left by limits.
/// </summary>
public class GoldenReplays
{
    private const int LeastTrades = 30;

    private static readonly SymbolRules[] Symbols =
    [
        new("ADAUSDT", "ADA", "USDT", 0.0001m, 0.1m, 5),
        new("BNBUSDT", "BNB", "USDT", 0.1m, 0.001m, 5),
        new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5),
        new("ETHUSDT", "ETH", "USDT", 0.01m, 0.0001m, 5),
        new("SOLUSDT", "SOL", "USDT", 0.01m, 0.001m, 5),
        new("XRPUSDT", "XRP", "USDT", 0.0001m, 1, 5),
    ];

    private static bool Writes => string.Equals(Environment.GetEnvironmentVariable("WRITE_GOLDENS"), "1", StringComparison.Ordinal);

    public static TheoryData<string> Names => [.. StrategyCatalog.Names];

    /// <summary>Trend trades that every exit rule leads, with a day's loss that leaves all positions.</summary>
    private const string Led = "trend-led";

    /// <summary>Positions of hardly more than the least order, whose fees are taken in what they buy.</summary>
    private const string Small = "breakout-small";

    /// <summary>Trend trades that their owner and the exchange do not leave alone.</summary>
    private const string Disturbed = "trend-disturbed";

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_does_the_same_trades_on_six_symbols(string strategy) =>
        AssertSame(strategy, Symbols.Select(rules => Replay(new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [TapeOf(rules)],
            Strategy = () => StrategyCatalog.Create(strategy),
        })));

    [Theory]
    [InlineData(Led)]
    [InlineData(Small)]
    public void Trades_led_by_exit_rules_and_left_by_limits_are_the_same_on_six_symbols(string account) =>
        AssertSame(account, Symbols.Select(rules => Replay(PlanOf(account, TapeOf(rules)))));

    [Fact]
    public void Trades_that_owner_and_exchange_disturb_are_the_same_on_six_symbols() =>
        AssertSame(Disturbed, Symbols.Select(rules => Replay(PlanOf(Disturbed, TapeOf(rules)), (plan, listener) => new DisturbedReplay(plan, listener).Run())));

    [Fact]
    public void The_replays_leave_positions_for_every_reason()
    {
        // None is a position of which nothing could be sold, left as dust.
        var seen = Directory.EnumerateFiles(Folder(), "*.txt")
            .SelectMany(File.ReadLines)
            .SelectMany(line => Enum.GetValues<ExitReason>().Where(reason => line.Contains($"({reason} ", StringComparison.Ordinal) || line.Contains($", {reason} ", StringComparison.Ordinal)))
            .ToHashSet();

        Assert.Equal(Enum.GetValues<ExitReason>().Order(), seen.Order());
    }

    private static void AssertSame(string name, IEnumerable<(int Trades, string Text)> replays)
    {
        var lines = replays.ToArray();
        var file = Path.Combine(Folder(), name + ".txt");
        if (Writes) File.WriteAllLines(file, lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.True(line.Trades >= LeastTrades, line.Text));
        Assert.Equal(File.ReadAllLines(file), lines.Select(line => line.Text), StringComparer.Ordinal);
    }

    private static SymbolTape TapeOf(SymbolRules rules)
    {
        var end = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new SymbolTape(rules, TestData.Candles(rules.Symbol, "1h").Where(candle => candle.OpenTime < end).ToArray());
    }

    private static BacktestPlan PlanOf(string account, SymbolTape tape) => account switch
    {
        Led => new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [tape],
            Strategy = () => StrategyCatalog.Create("trend"),
            Limits = new RiskLimits { MaxPositionShare = 0.5m, MaxDailyLoss = 0.01m, DailyLossReaction = LimitReaction.Flatten, MaxDrawdown = 0.6m, DrawdownReaction = LimitReaction.Flatten },
            Exits = new ExitRules
            {
                Stop = StopRule.Atr,
                Target = TargetRule.Risk,
                TargetInRisks = 4,
                Trail = StopRule.Chandelier,
                TrailFromRisks = 1.5m,
                BreakEvenFromRisks = 1,
                Partials = "1:0.3,2:0.3",
                TimeStopBars = 36,
                TimeStopRisks = 0.5m,
            },
        },
        Disturbed => new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [tape],
            Strategy = () => StrategyCatalog.Create("trend"),
        },
        _ => new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [tape],
            Strategy = () => StrategyCatalog.Create("breakout"),
            Cash = 100,
            Matching = new MatchingOptions { FeeAsset = FeeAsset.Base },
            Limits = new RiskLimits { MaxPositionShare = 0.06m, MinNotional = 5, MaxDailyLoss = 0.003m, DailyLossReaction = LimitReaction.Flatten, CooldownBars = 12 },
            Exits = new ExitRules { Stop = StopRule.Atr, StopInRanges = 5, Trail = StopRule.Atr, TrailInRanges = 6, TimeStopBars = 72 },
        },
    };

    private static (int Trades, string Text) Replay(BacktestPlan plan) =>
        Replay(plan, (plan, listener) => Backtester.Run(plan with { Listener = listener }, TestContext.Current.CancellationToken));

    private static (int Trades, string Text) Replay(BacktestPlan plan, Func<BacktestPlan, FactListener, AccountState> run)
    {
        using var hash = new OrderHash();
        var entries = 0;
        var exits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var state = run(plan, facts =>
        {
            foreach (ref readonly var fact in facts)
            {
                hash.Add(in fact);
                if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }) entries++;
                // A part that is sold closes nothing.
                if (fact.Kind != FactKind.PositionClosed && fact is not { Kind: FactKind.Filled, Exit: ExitReason.Partial, IsLast: true }) continue;
                exits[fact.Exit.ToString()] = exits.GetValueOrDefault(fact.Exit.ToString()) + 1;
            }
        });
        var symbol = plan.Tapes[0].Rules.Symbol;
        // What never leaves has entries only.
        if (exits.Count == 0) return (entries, string.Create(CultureInfo.InvariantCulture, $"{symbol} {entries} entries {hash}"));
        var trades = PortfolioFigures.Of(state).Trades;
        return (trades, string.Create(CultureInfo.InvariantCulture, $"{symbol} {trades} trades ({Told(exits)}) {hash}"));
    }

    private static string Told(SortedDictionary<string, int> exits) =>
        string.Join(", ", exits.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(File.Exists(file) ? Path.GetDirectoryName(file)! : Path.Combine(Architecture.Repository.Root, "tests", "core", "Strategies"), "goldens");
}
