using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests;

/// <summary>Short words for the things that tests are about.</summary>
internal static class Build
{
    public static readonly DateTime Start = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static readonly SymbolRules Btc = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);

    public static readonly SymbolRules Eth = new("ETHUSDT", "ETH", "USDT", 0.01m, 0.0001m, 5);

    /// <summary>No fee, no slippage, no limit by volume: numbers that can be checked in the head.</summary>
    public static readonly MatchingOptions Free = new() { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0 };

    /// <summary>The n-th hourly bar, with its prices.</summary>
    public static Candle Bar(int n, double open, double high, double low, double close, double volume = 1_000_000) =>
        new(Start.AddHours(n), open, high, low, close, volume);

    /// <summary>The analysis of hourly bars.</summary>
    public static SymbolAnalyzer Analyzer(IStrategy strategy, bool tellsRegime = false) => new(strategy, tellsRegime, Interval.OneHour);

    public static DateTime Close(int n) => Start.AddHours(n + 1);

    /// <summary>Seeded hourly bars that wander, jump now and then, and sometimes trade thinly.</summary>
    public static Candle[] Walk(int count, int seed, double price = 100)
    {
        var random = new Random(seed);
        var bars = new Candle[count];
        for (var i = 0; i < count; i++)
        {
            var gap = random.Next(40) == 0 ? 0.05 * (random.NextDouble() - 0.5) : 0;
            var open = Tick(price * (1 + gap));
            var close = Tick(Math.Max(1, open * (1 + (0.03 * (random.NextDouble() - 0.5)))));
            var high = Tick(Math.Max(open, close) * (1 + (0.01 * random.NextDouble())));
            var low = Tick(Math.Max(0.5, Math.Min(open, close) * (1 - (0.01 * random.NextDouble()))));
            bars[i] = Bar(i, open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, random.Next(1, 2_000));
            price = close;
        }

        return bars;
    }

    private static double Tick(double price) => Math.Round(price, 2);
}
