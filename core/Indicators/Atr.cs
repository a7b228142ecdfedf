using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>
/// Wilder's average true range, in quote currency; NaN until <c>period + 1</c> bars were seen, since the first bar has no
/// previous close. Source: Wilder, New Concepts in Technical Trading Systems (1978), section III.
/// </summary>
public sealed class Atr : Indicator
{
    private readonly double _weight;
    private double _average;
    private double _lastClose;
    private int _ranges = -1;

    /// <param name="period">Bars, 1 or more.</param>
    public Atr(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _weight = 1.0 / period;
    }

    public int Period { get; }

    public override int WarmUp => Period + 1;

    public override void Update(in Candle candle)
    {
        var range = Math.Max(candle.High, _lastClose) - Math.Min(candle.Low, _lastClose);
        _lastClose = candle.Close;
        if (_ranges >= Period)
        {
            _average += (range - _average) * _weight;
            Value = _average;
            return;
        }

        if (++_ranges == 0) return;
        _average += range * _weight;
        if (_ranges == Period) Value = _average;
    }
}
