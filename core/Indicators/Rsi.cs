using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>
/// Wilder's relative strength index, 0 to 100; NaN until <c>period + 1</c> closes were seen; 0 as long as the price has
/// not moved at all, as TA-Lib gives it. Source: Wilder, New Concepts in Technical Trading Systems (1978), section VI.
/// </summary>
public sealed class Rsi : Indicator
{
    private readonly double _weight;
    private double _gain;
    private double _loss;
    private double _lastClose;
    private int _changes = -1;

    /// <param name="period">Bars, 1 or more.</param>
    public Rsi(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _weight = 1.0 / period;
    }

    public int Period { get; }

    public override int WarmUp => Period + 1;

    public override void Update(in Candle candle)
    {
        var change = candle.Close - _lastClose;
        _lastClose = candle.Close;
        if (_changes < Period)
        {
            WarmUpWith(change);
            return;
        }

        _gain += (Math.Max(change, 0) - _gain) * _weight;
        _loss += (Math.Max(-change, 0) - _loss) * _weight;
        SetValue();
    }

    private void WarmUpWith(double change)
    {
        if (++_changes == 0) return;
        _gain += Math.Max(change, 0) * _weight;
        _loss += Math.Max(-change, 0) * _weight;
        if (_changes == Period) SetValue();
    }

    private void SetValue()
    {
        var movement = _gain + _loss;
        Value = movement > 0 ? 100 * (_gain / movement) : 0;
    }
}
