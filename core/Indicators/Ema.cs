using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>
/// Exponential moving average of the close with weight 2 / (period + 1), begun with the simple average of the first
/// <c>period</c> closes as TA-Lib does; NaN until then.
/// </summary>
public sealed class Ema : Indicator
{
    private readonly double _weight;
    private double _average;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    public Ema(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _weight = 2.0 / (period + 1);
    }

    public int Period { get; }

    public override int WarmUp => Period;

    public override void Update(in Candle candle)
    {
        if (_seen >= Period)
        {
            _average = Math.FusedMultiplyAdd(candle.Close - _average, _weight, _average);
            Value = _average;
            return;
        }

        _average += candle.Close;
        if (++_seen < Period) return;
        _average /= Period;
        Value = _average;
    }
}
