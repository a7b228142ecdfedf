using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns.Swings;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns.Swings;

public class SwingTests
{
    [Fact]
    public void A_swing_is_told_only_when_the_bars_after_it_have_closed()
    {
        var swings = new SwingDetector(reach: 2);
        var told = new List<(int Bar, Swing Swing)>();
        foreach (var (index, high) in ((double[])[10, 11, 15, 12, 11, 13]).Index())
        {
            swings.Update(Build.Bar(index, high - 1, high, high - 2, high - 1));
            if (swings.NewHigh.Exists) told.Add((index, swings.NewHigh));
        }

        Assert.Equal((4, new Swing(2, Build.Start.AddHours(2), 15)), Assert.Single(told));
        Assert.Equal(15, swings.LastHigh.Price);
        Assert.False(swings.LastLow.Exists);
    }

    [Fact]
    public void Of_a_plateau_the_last_bar_is_the_swing()
    {
        var swings = new SwingDetector(reach: 1);
        var told = new List<Swing>();
        foreach (var (index, low) in ((double[])[5, 3, 3, 3, 4, 4]).Index())
        {
            swings.Update(Build.Bar(index, low + 1, low + 2, low, low + 1));
            if (swings.NewLow.Exists) told.Add(swings.NewLow);
        }

        Assert.Equal(new Swing(3, Build.Start.AddHours(3), 3), Assert.Single(told));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Swings_are_those_that_a_look_at_every_bar_finds(int reach)
    {
        // Whole prices, so that many highs and lows are equal.
        var bars = Array.ConvertAll(Build.Walk(3_000, seed: 6, price: 40), bar => bar with
        {
            Open = Math.Round(bar.Open),
            High = Math.Ceiling(bar.High),
            Low = Math.Max(1, Math.Floor(bar.Low)),
            Close = Math.Round(bar.Close),
        });
        var swings = new SwingDetector(reach);
        for (var i = 0; i < bars.Length; i++)
        {
            swings.Update(in bars[i]);
            var at = i - reach;
            Assert.Equal(at >= reach && IsSwing(bars, at, reach, bar => bar.High) ? bars[at].High : 0, swings.NewHigh.Price);
            Assert.Equal(at >= reach && IsSwing(bars, at, reach, bar => -bar.Low) ? bars[at].Low : 0, swings.NewLow.Price);
            if (swings.NewHigh.Exists) Assert.Equal((at, bars[at].OpenTime), (swings.NewHigh.Bar, swings.NewHigh.OpenTime));
        }
    }

    [Fact]
    public void A_reach_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SwingDetector(0));

    private static bool IsSwing(Candle[] bars, int at, int reach, Func<Candle, double> price)
    {
        for (var away = 1; away <= reach; away++)
        {
            if (price(bars[at - away]) > price(bars[at]) || price(bars[at + away]) >= price(bars[at])) return false;
        }

        return true;
    }
}
