using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Patterns.Swings;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns.Swings;

public class DivergenceTests
{
    // With a period of 2 the index follows the last moves closely: it is low where the price fell fast.
    // Fast to 80 and slowly to a lower 79; slowly to 109 and fast to a higher 110; slowly to 109 and fast to a lower 100.
    [Theory]
    [InlineData("100 100 100 100 90 80 85 90 86 83 79 82 84", DivergenceKind.Regular)]
    [InlineData("100 105 110 109 115 120 110 115", DivergenceKind.Hidden)]
    [InlineData("100 105 110 109 115 120 100 115", DivergenceKind.None)]
    public void Lows_that_part_from_the_index_are_told(string closes, DivergenceKind kind)
    {
        Assert.Equal(kind, Latest(closes, mirrored: false));

        // The mirror image tells the same of highs.
        Assert.Equal(kind, Latest(closes, mirrored: true));
    }

    [Fact]
    public void None_can_be_told_before_the_warm_up_and_one_can_with_its_last_bar()
    {
        // From the bar on whose index is known first, a high, and as soon as can be a higher one that was reached more slowly.
        double[] closes = [100, 99, 100, 99, 100, 99, 100, 99, 100, 99, 100, 99, 100, 99, 110, 90, 91, 92, 111, 110, 109, 108];
        var finder = new DivergenceFinder();
        for (var i = 0; i < closes.Length; i++)
        {
            Assert.False(finder.IsReady);
            finder.Update(Build.Bar(i, closes[i], closes[i], closes[i], closes[i]));
            Assert.Equal(i == closes.Length - 1 ? DivergenceKind.Regular : DivergenceKind.None, finder.Bearish.Kind);
        }

        Assert.True(finder.IsReady);
        Assert.Equal(closes.Length, finder.WarmUp);
    }

    [Theory]
    [InlineData(1, 14, 60)]
    [InlineData(3, 14, 60)]
    [InlineData(5, 7, 20)]
    public void Divergences_are_those_that_a_look_at_every_pair_of_swings_finds(int reach, int period, int longestSpan)
    {
        var bars = Build.Walk(5_000, seed: 12);
        var finder = new DivergenceFinder(reach, period, longestSpan);
        var swings = new SwingDetector(reach);
        var rsi = new Rsi(period);
        var strengths = new double[bars.Length];
        var highs = new List<Swing>();
        var lows = new List<Swing>();
        var told = new Dictionary<(bool, DivergenceKind), int>();
        for (var i = 0; i < bars.Length; i++)
        {
            rsi.Update(in bars[i]);
            strengths[i] = rsi.Value;
            swings.Update(in bars[i]);
            finder.Update(in bars[i]);
            Assert.Equal(Expected(highs, swings.NewHigh, 1), finder.Bearish.Kind);
            Assert.Equal(Expected(lows, swings.NewLow, -1), finder.Bullish.Kind);
            foreach (var (isHigh, found) in ((bool, Divergence)[])[(true, finder.Bearish), (false, finder.Bullish)])
            {
                told[(isHigh, found.Kind)] = told.GetValueOrDefault((isHigh, found.Kind)) + 1;
                if (found.Kind != DivergenceKind.None) Assert.Equal((strengths[found.From.Bar], strengths[found.To.Bar]), (found.FromRsi, found.ToRsi));
            }
        }

        Assert.Equal(6, told.Count);

        DivergenceKind Expected(List<Swing> known, Swing swing, int sign)
        {
            if (!swing.Exists) return DivergenceKind.None;
            known.Add(swing);
            if (known.Count < 2 || swing.Bar - known[^2].Bar > longestSpan) return DivergenceKind.None;
            var price = sign * swing.Price.CompareTo(known[^2].Price);
            var (from, to) = (strengths[known[^2].Bar], strengths[swing.Bar]);
            var strength = double.IsNaN(from) ? 0 : sign * to.CompareTo(from);
            if (price > 0 && strength < 0) return DivergenceKind.Regular;
            return price < 0 && strength > 0 ? DivergenceKind.Hidden : DivergenceKind.None;
        }
    }

    [Fact]
    public void Swings_too_far_apart_are_not_compared() => Assert.Equal(DivergenceKind.None, Latest("100 100 100 100 90 80 85 90 86 83 79 82 84", mirrored: false, longestSpan: 4));

    private static DivergenceKind Latest(string closes, bool mirrored, int longestSpan = 60)
    {
        var finder = new DivergenceFinder(reach: 1, rsiPeriod: 2, longestSpan);
        var latest = DivergenceKind.None;
        foreach (var (index, text) in closes.Split(' ').Index())
        {
            var close = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            if (mirrored) close = 200 - close;
            finder.Update(Build.Bar(index, close, close + 0.1, close - 0.1, close));
            var told = mirrored ? finder.Bearish : finder.Bullish;
            if (told.Kind != DivergenceKind.None) latest = told.Kind;
        }

        return latest;
    }
}
