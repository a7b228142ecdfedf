using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>Standard deviation of the close, of the population, in quote currency; NaN until <c>period</c> closes were seen.</summary>
/// <param name="period">Bars, 2 or more.</param>
/// <param name="zero">When a variance counts as none.</param>
public sealed class StandardDeviation(int period, ZeroRule zero = ZeroRule.Exact) : BarIndicator(period)
{
    private readonly RollingMoments _closes = new(period);
    private readonly double _threshold = zero.Threshold();

    protected override double Next(in Candle candle)
    {
        _closes.Add(candle.Close);
        var variance = _closes.Variance;
        return variance <= _threshold ? 0 : Math.Sqrt(variance);
    }

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
