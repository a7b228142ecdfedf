using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Hull's moving average of the close, in quote currency: the weighted average over √period of 2 WMA(period / 2) - WMA(period),
/// both rounded down; NaN until <c>period + √period - 1</c> closes were seen. Source: Hull, alanhull.com (2005).
/// </summary>
/// <param name="period">Bars, 2 or more.</param>
public sealed class Hma(int period) : BarIndicator(period + (int)Math.Sqrt(period) - 1)
{
    private readonly RollingWeightedSum _half = new(period / 2);
    private readonly RollingWeightedSum _whole = new(period);
    private readonly RollingWeightedSum _hull = new((int)Math.Sqrt(period));

    protected override double Next(in Candle candle)
    {
        _half.Add(candle.Close);
        _whole.Add(candle.Close);
        if (!_whole.IsFull) return double.NaN;
        _hull.Add((2 * _half.Mean) - _whole.Mean);
        return _hull.Mean;
    }

    protected override void Visit(StateVisitor state)
    {
        _half.Visit(state);
        _whole.Visit(state);
        _hull.Visit(state);
    }
}
