using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns.Swings;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns.Swings;

public class LevelTests
{
    [Fact]
    public void Swings_at_about_one_price_make_a_level()
    {
        // Up and down between 100 and 110 in steps of 1: ranges of about 2, so swings within 1 of each other are one level.
        var levels = new LevelFinder(reach: 2);
        Feed(levels, Zigzag(100, 110, legs: 12));
        Assert.Equal(2, levels.Levels.Length);
        var (support, resistance) = (levels.Support, levels.Resistance);
        Assert.Equal(99.5, support.Price, 6);
        Assert.Equal(110.5, resistance.Price, 6);
        Assert.InRange(support.Touches, 3, 6);
        Assert.InRange(resistance.Strength, resistance.Touches * 0.7, resistance.Touches);
    }

    [Fact]
    public void A_resistance_that_the_price_has_passed_supports_it()
    {
        var levels = new LevelFinder(reach: 2);
        var bars = Zigzag(100, 110, legs: 12);
        Feed(levels, [.. bars, .. Leg(bars.Length, from: 100, to: 120)]);
        Assert.Equal(110.5, levels.Support.Price, 6);
        Assert.False(levels.Resistance.Exists);
    }

    [Fact]
    public void One_touch_makes_no_support()
    {
        var levels = new LevelFinder(reach: 2);
        Candle[] bars = [.. Leg(0, 120, 100), .. Leg(20, 100, 110)];
        Feed(levels, bars);
        Assert.Equal(1, Assert.Single(levels.Levels.ToArray()).Touches);
        Assert.False(levels.Support.Exists);
    }

    [Fact]
    public void A_touch_counts_half_after_a_half_life()
    {
        var levels = new LevelFinder(reach: 2, halfLife: 10, touches: 1);
        // The low of bar 20 is its swing; the bar that is its half-life younger is the 30th.
        Feed(levels, [.. Leg(0, 120, 100), .. Leg(20, 100, 110), Build.Bar(30, 110, 110.5, 109.5, 110)]);
        Assert.Equal(0.5, levels.Support.Strength, 9);
    }

    [Fact]
    public void The_weakest_level_makes_room_and_levels_stay_sorted_and_apart()
    {
        var levels = new LevelFinder(reach: 1, capacity: 4, touches: 1);
        var bars = Build.Walk(4_000, seed: 9);
        var most = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            levels.Update(in bars[i]);
            most = Math.Max(most, levels.Levels.Length);
            for (var l = 1; l < levels.Levels.Length; l++) Assert.True(levels.Levels[l - 1].Price < levels.Levels[l].Price);
            Assert.All(levels.Levels.ToArray(), level => Assert.True(level is { Touches: > 0, Strength: > 0 } && level.Strength <= level.Touches && level.LastBar <= i - 1));
            if (levels.Support.Exists) Assert.True(levels.Support.Price <= bars[i].Close);
            if (levels.Resistance.Exists) Assert.True(levels.Resistance.Price > bars[i].Close);
        }

        Assert.Equal(4, most);
    }

    [Fact]
    public void Parameters_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevelFinder(reach: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevelFinder(width: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevelFinder(halfLife: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevelFinder(touches: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevelFinder(capacity: 1));
    }

    private static Candle[] Zigzag(double low, double high, int legs)
    {
        var bars = new List<Candle>();
        for (var leg = 0; leg < legs; leg++) bars.AddRange(leg % 2 == 0 ? Leg(bars.Count, low, high) : Leg(bars.Count, high, low));
        return [.. bars];
    }

    // Bars of which each opens where the last one closed, with shadows of a half.
    private static Candle[] Leg(int first, double from, double to)
    {
        var step = Math.Sign(to - from);
        var bars = new Candle[(int)Math.Abs(to - from)];
        for (var i = 0; i < bars.Length; i++)
        {
            var (open, close) = (from + (step * i), from + (step * (i + 1)));
            bars[i] = Build.Bar(first + i, open, Math.Max(open, close) + 0.5, Math.Min(open, close) - 0.5, close);
        }

        return bars;
    }

    private static void Feed(LevelFinder levels, Candle[] bars)
    {
        foreach (ref readonly var bar in bars.AsSpan()) levels.Update(in bar);
    }
}
