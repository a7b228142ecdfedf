using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

public class IndicatorTests
{
    [Fact]
    public void A_flat_price_gives_its_own_average_no_strength_and_no_range()
    {
        var bar = Build.Bar(0, 7, 7, 7, 7);
        foreach (var indicator in (Indicator[])[new Sma(5), new Ema(5), new Rsi(5), new Atr(5)])
        {
            for (var i = 0; i < 50; i++) indicator.Update(in bar);
            Assert.Equal(indicator is Sma or Ema ? 7 : 0, indicator.Value, 12);
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
}
