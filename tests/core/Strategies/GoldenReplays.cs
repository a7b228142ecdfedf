using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>
/// Every strategy with its defaults over the hours of six real symbols from 2021 to 2023 does the trades that it did when
/// <c>scripts/goldens</c> was last run: prices and quantities as they were ordered, on ticks and steps.
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

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_does_the_same_trades_on_six_symbols(string strategy)
    {
        var lines = Symbols.Select(rules => Replay(strategy, rules)).ToArray();
        var file = Path.Combine(Folder(), strategy + ".txt");
        if (Writes) File.WriteAllLines(file, lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.True(line.Trades >= LeastTrades, line.Text));
        Assert.Equal(File.ReadAllLines(file), lines.Select(line => line.Text), StringComparer.Ordinal);
    }

    private static (int Trades, string Text) Replay(string strategy, SymbolRules rules)
    {
        var end = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var hash = new OrderHash();
        var entries = 0;
        var exits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var plan = new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [new SymbolTape(rules, TestData.Candles(rules.Symbol, "1h").Where(candle => candle.OpenTime < end).ToArray())],
            Strategy = () => StrategyCatalog.Create(strategy),
            Listener = facts =>
            {
                foreach (ref readonly var fact in facts)
                {
                    hash.Add(in fact);
                    if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }) entries++;
                    if (fact.Kind != FactKind.PositionClosed) continue;
                    exits[fact.Exit.ToString()] = exits.GetValueOrDefault(fact.Exit.ToString()) + 1;
                }
            },
        };
        var state = Backtester.Run(plan, TestContext.Current.CancellationToken);
        // What never leaves has entries only.
        if (exits.Count == 0) return (entries, string.Create(CultureInfo.InvariantCulture, $"{rules.Symbol} {entries} entries {hash}"));
        var trades = PortfolioFigures.Of(state).Trades;
        var reasons = string.Join(", ", exits.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        return (trades, string.Create(CultureInfo.InvariantCulture, $"{rules.Symbol} {trades} trades ({reasons}) {hash}"));
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(File.Exists(file) ? Path.GetDirectoryName(file)! : Path.Combine(Architecture.Repository.Root, "tests", "core", "Strategies"), "goldens");
}
