using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>A figure with bounds never leaves them, not by a last digit either.</summary>
public class BoundsTests
{
    // Of equal lengths, so that closes are often at an end of the range and quotients often 1.
    private const int Length = 2_000;

    [Theory]
    [InlineData("RSI_14", 0, 100)]
    [InlineData("STOCH_SLOWK_14_3_3", 0, 100)]
    [InlineData("STOCHRSI_FASTK_14_14_3", 0, 100)]
    [InlineData("WILLR_14", -100, 0)]
    [InlineData("MFI_14", 0, 100)]
    [InlineData("CMO_14", -100, 100)]
    [InlineData("AROON_DOWN_25", 0, 100)]
    [InlineData("FISHER_10", -7.601, 7.601)]
    public void An_output_stays_within_its_bounds(string name, double least, double most)
    {
        var entry = IndicatorCatalog.Entries.Single(entry => string.Equals(entry.Columns[0].Name, name, StringComparison.Ordinal));
        for (var seed = 1; seed <= 20; seed++)
        {
            var indicator = entry.Create(ZeroRule.Exact);
            indicator.Update(WithStretches(seed));
            foreach (var output in indicator.Outputs)
            {
                foreach (var value in output.Values)
                    Assert.False(value < least || value > most, $"{output.Name} is {value:R}");
            }
        }
    }

    // The price wanders, climbs and falls without a bar against it, and stands still.
    private static Candle[] WithStretches(int seed)
    {
        var bars = Build.Walk(Length, seed);
        for (var i = 1; i < Length; i++)
        {
            var last = bars[i - 1].Close;
            bars[i] = (i / 100 % 4) switch
            {
                1 => Build.Bar(i, last, last * 1.0013, last, last * 1.0013, bars[i].Volume),
                2 => Build.Bar(i, last, last, last * 0.9987, last * 0.9987, bars[i].Volume),
                3 => Build.Bar(i, last, last, last, last, 0),
                _ => bars[i],
            };
        }

        return bars;
    }
}
