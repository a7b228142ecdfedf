using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>TA-Lib takes a price below 1e-8 for zero, and does not divide by it.</summary>
public class ZeroRuleTests
{
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
