using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class SyntheticMarketTests
{
    private const int Many = 100_000;

    [Theory]
    [InlineData("1m", "BTCUSDT", Many)]
    [InlineData("1h", "DOGEUSDT", Many)]
    [InlineData("1w", "NEWUSDT", 2_000)]
    public void Every_bar_is_sound_on_the_tick_and_follows_the_one_before(string interval, string symbol, int count)
    {
        var market = new SyntheticMarket(7, Interval.Parse(interval), [symbol]);
        var bars = Bars(market, symbol, count);
        var rules = market.Symbols[0];

        for (var i = 0; i < bars.Length; i++)
        {
            var bar = bars[i];
            if (!bar.IsSound) Assert.Fail($"bar {i} is not sound: {bar}");
            if (bar.OpenTime != SyntheticMarket.Epoch + (i * market.Interval.Length)) Assert.Fail($"bar {i} opens at {bar.OpenTime}");
            if (i > 0 && bar.Open != bars[i - 1].Close) Assert.Fail($"bar {i} does not open at the close before");
            foreach (var price in (ReadOnlySpan<double>)[bar.Open, bar.High, bar.Low, bar.Close])
            {
                if (price != (double)rules.RoundToTick(price)) Assert.Fail($"bar {i} has a price off the tick, {price:R}");
            }
        }
    }

    [Fact]
    public void A_market_that_starts_anywhere_gives_the_same_bars()
    {
        string[] names = ["BTCUSDT", "ETHUSDT"];
        var expected = Bars(new(3, Interval.OneMinute, names), "ETHUSDT", 3_000);

        for (var start = 0; start < 3_000; start += 7)
        {
            var restarted = new SyntheticMarket(3, Interval.OneMinute, start % 2 == 0 ? names : ["ETHUSDT"]);
            Assert.Equal(expected[start], restarted.Bar("ETHUSDT", start));
        }
    }

    [Fact]
    public void Seed_symbol_and_interval_each_make_another_market()
    {
        var hour = Interval.OneHour;
        var bars = Bars(new(1, hour, ["AAAUSDT", "BBBUSDT"]), "AAAUSDT", 100);

        Assert.NotEqual(bars[99].Close, new SyntheticMarket(2, hour, ["AAAUSDT"]).Bar("AAAUSDT", 99).Close);
        Assert.NotEqual(Returns(bars), Returns(Bars(new(1, hour, ["BBBUSDT"]), "BBBUSDT", 100)));
        Assert.NotEqual(Returns(bars), Returns(Bars(new(1, Interval.OneMinute, ["AAAUSDT"]), "AAAUSDT", 100)));
    }

    [Fact]
    public void The_market_of_a_seed_never_changes()
    {
        // Accounts are bound to it. The sum of all closes and volumes of the first 10,000 hours, and one bar in full.
        var bars = Bars(new(42, Interval.OneHour, ["BTCUSDT"]), "BTCUSDT", 10_000);
        var last = bars[9_999];

        Assert.Equal(
            "531785377.75 4052930.554 57408.75 57686.65 57374.69 57526.29 683.988",
            FormattableString.Invariant($"{bars.Sum(bar => (decimal)bar.Close)} {bars.Sum(bar => (decimal)bar.Volume)} {last.Open} {last.High} {last.Low} {last.Close} {last.Volume}"));
    }

    [Fact]
    public void Volatility_comes_in_clusters_and_returns_do_not_repeat()
    {
        var returns = Returns(Bars(new(11, Interval.OneHour, ["BTCUSDT"]), "BTCUSDT", Many));
        var sizes = returns.Select(Math.Abs).ToArray();

        // Hourly BTC has about 0.2 to 0.3 in absolute returns at lag 1, still clearly above 0 after a day, and next to nothing in returns.
        Assert.InRange(Correlation(sizes[..^1], sizes[1..]), 0.10, 0.45);
        Assert.InRange(Correlation(sizes[..^24], sizes[24..]), 0.05, 0.40);
        Assert.InRange(Correlation(returns[..^1], returns[1..]), -0.10, 0.10);
    }

    [Fact]
    public void Returns_have_fat_tails_and_a_crypto_like_size()
    {
        var returns = Returns(Bars(new(11, Interval.OneHour, ["BTCUSDT"]), "BTCUSDT", Many));
        var mean = returns.Average();
        var variance = returns.Average(value => (value - mean) * (value - mean));
        var kurtosis = returns.Average(value => Math.Pow(value - mean, 4)) / (variance * variance);

        Assert.InRange(Math.Sqrt(variance * 24 * 365), 0.4, 1.5);
        Assert.InRange(kurtosis, 4, 60);
    }

    [Fact]
    public void Symbols_move_together_and_not_as_one()
    {
        var market = new SyntheticMarket(5, Interval.OneHour, ["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        var returns = market.Symbols.Select(rules => Returns(Bars(market, rules.Symbol, 20_000))).ToArray();

        Assert.InRange(Correlation(returns[0], returns[1]), 0.4, 0.9);
        Assert.InRange(Correlation(returns[0], returns[2]), 0.4, 0.9);
        Assert.InRange(Correlation(returns[1], returns[2]), 0.4, 0.9);
    }

    [Fact]
    public void Prices_stay_within_reason_for_ten_years()
    {
        foreach (var seed in Enumerable.Range(0, 5))
        {
            var bars = Bars(new(seed, Interval.OneHour, ["BTCUSDT"]), "BTCUSDT", 87_600);

            Assert.InRange(bars.Min(bar => bar.Low), 42_000 / 100.0, 42_000);
            Assert.InRange(bars.Max(bar => bar.High), 42_000, 42_000 * 100.0);
            Assert.True(bars.Max(bar => bar.High) > 2 * bars.Min(bar => bar.Low), "Nothing happened in ten years.");
        }
    }

    [Fact]
    public void Volume_has_a_daily_rhythm()
    {
        var bars = Bars(new(5, Interval.OneHour, ["BTCUSDT"]), "BTCUSDT", 20_000);

        Assert.True(bars.Where(bar => bar.OpenTime.Hour == 14).Average(bar => bar.Volume) > 1.5 * bars.Where(bar => bar.OpenTime.Hour == 4).Average(bar => bar.Volume));
    }

    private static Candle[] Bars(SyntheticMarket market, string symbol, int count)
    {
        var bars = new Candle[count];
        market.Read(symbol, 0, bars);
        return bars;
    }

    private static double[] Returns(Candle[] bars) => [.. bars.Select(bar => Math.Log(bar.Close / bar.Open))];

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
