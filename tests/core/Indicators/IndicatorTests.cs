using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

public class IndicatorTests
{
    private static Indicator[] All => [new Sma(5), new Ema(5), new Rsi(5), new Atr(5)];

    [Fact]
    public void An_average_of_a_million_bars_does_not_drift()
    {
        var sma = new Sma(20);
        var random = new Random(3);
        var last = new Queue<double>();
        for (var i = 0; i < 1_000_000; i++)
        {
            // Prices over eleven orders of magnitude are what makes a plain rolling sum drift.
            var price = i % 1000 == 0 ? 1e8 : 1e-3 * random.NextDouble();
            last.Enqueue(price);
            if (last.Count > 20) last.Dequeue();
            var bar = Build.Bar(i, price, price, price, price);
            sma.Update(in bar);
        }

        var expected = last.Sum() / 20;
        Assert.True(Math.Abs(sma.Value - expected) <= 1e-9 * expected, $"{sma.Value} instead of {expected}");
    }

    [Fact]
    public void A_flat_price_gives_its_own_average_no_strength_and_no_range()
    {
        var bar = Build.Bar(0, 7, 7, 7, 7);
        foreach (var indicator in All)
        {
            for (var i = 0; i < 50; i++) indicator.Update(in bar);
            Assert.Equal(indicator is Sma or Ema ? 7 : 0, indicator.Value, 12);
        }
    }

    [Fact]
    public void Updating_allocates_nothing()
    {
        var bars = Build.Walk(1_000, seed: 1);
        foreach (var indicator in All)
        {
            Feed(indicator, bars);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(indicator, bars);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void The_same_indicator_is_computed_once_for_all_who_ask()
    {
        var set = new IndicatorSet();
        Assert.Same(set.Ema(12), set.Ema(12));
        Assert.NotSame(set.Ema(12), set.Ema(26));
        Assert.Equal(26, set.WarmUp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_period_below_one_is_refused(int period)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sma(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ema(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rsi(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Atr(period));
    }

    private static void Feed(Indicator indicator, Candle[] bars)
    {
        foreach (ref readonly var bar in bars.AsSpan()) indicator.Update(in bar);
    }
}
