using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Statistics;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>TA-Lib takes a price below 1e-8 for zero, and does not divide by it.</summary>
public class ZeroRuleTests
{
    [Fact]
    public void A_correlation_carries_its_sums_as_TA_Lib_does_by_its_rule_only()
    {
        // From 50,000 down to 5: what was rounded away at the top is felt at the bottom.
        Candle[] bars = [.. Build.Walk(500, seed: 1, price: 50_000), .. Build.Walk(500, seed: 2, price: 5).Select(bar => bar with { OpenTime = bar.OpenTime.AddHours(500) })];
        var (exact, taLib, young) = (new Correlation(20), new Correlation(20, zero: ZeroRule.TaLib), new Correlation(20));
        exact.Update(bars);
        taLib.Update(bars);
        young.Update(bars.AsSpan(600));
        Assert.Equal(young.Value, exact.Value, 12);
        Assert.Equal(Carried(bars), taLib.Value, 12);
        Assert.True(Math.Abs(taLib.Value - exact.Value) > 1e-9, $"{taLib.Value:R} beside {exact.Value:R}");
    }

    // TA-Lib's loop, written out.
    private static double Carried(Candle[] bars)
    {
        var (x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < bars.Length; i++)
        {
            if (i >= 20)
            {
                var (high, low) = (bars[i - 20].High, bars[i - 20].Low);
                (x, xx, xy, y, yy) = (x - high, xx - (high * high), xy - (high * low), y - low, yy - (low * low));
            }

            var (h, l) = (bars[i].High, bars[i].Low);
            (x, xx, xy, y, yy) = (x + h, xx + (h * h), xy + (h * l), y + l, yy + (l * l));
        }

        return (xy - (x * y / 20)) / Math.Sqrt((xx - (x * x / 20)) * (yy - (y * y / 20)));
    }

    [Theory]
    [InlineData("PPO_12_26_EMA")]
    [InlineData("NATR_14")]
    public void What_is_divided_by_a_price_below_1e_minus_8_is_zero_by_the_rule_of_TA_Lib_only(string name)
    {
        var entry = IndicatorCatalog.Entries.Single(entry => string.Equals(entry.Columns[0].Name, name, StringComparison.Ordinal));
        var (exact, taLib) = (entry.Create(ZeroRule.Exact), entry.Create(ZeroRule.TaLib));
        Candle[] bars = [.. Build.Walk(200, seed: 1).Select(bar => bar with { Open = bar.Open * 1e-11, High = bar.High * 1e-11, Low = bar.Low * 1e-11, Close = bar.Close * 1e-11 })];
        Assert.All(bars, bar => Assert.True(bar.High < 1e-8));
        exact.Update(bars);
        taLib.Update(bars);
        for (var i = 0; i < bars.Length; i++)
        {
            Assert.Equal(i + 1 < exact.WarmUp, double.IsNaN(taLib.Values[i]));
            if (i + 1 < exact.WarmUp) continue;
            Assert.NotEqual(0, exact.Values[i]);
            Assert.Equal(0, taLib.Values[i]);
        }
    }
}
