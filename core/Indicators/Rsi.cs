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

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var i = 0;
        for (; _changes < Period && i < candles.Length; i++) values[i] = WarmUpWith(candles[i].Close);

        var (gain, loss, lastClose, weight) = (_gain, _loss, _lastClose, _weight);
        for (; i < candles.Length; i++)
        {
            var close = candles[i].Close;
            var change = close - lastClose;
            lastClose = close;
            gain += (Math.Max(change, 0) - gain) * weight;
            loss += (Math.Max(-change, 0) - loss) * weight;
            values[i] = Strength(gain, loss);
        }

        (_gain, _loss, _lastClose) = (gain, loss, lastClose);
    }

    private double WarmUpWith(double close)
    {
        var change = close - _lastClose;
        _lastClose = close;
        if (++_changes == 0) return double.NaN;
        _gain += Math.Max(change, 0) * _weight;
        _loss += Math.Max(-change, 0) * _weight;
        return _changes == Period ? Strength(_gain, _loss) : double.NaN;
    }

    private static double Strength(double gain, double loss)
    {
        var movement = gain + loss;
        return movement > 0 ? 100 * (gain / movement) : 0;
    }
}
