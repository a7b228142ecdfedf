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

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var i = 0;
        for (; _ranges < Period && i < candles.Length; i++) values[i] = WarmUpWith(in candles[i]);

        var (average, lastClose, weight) = (_average, _lastClose, _weight);
        for (; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            average += (RangeOf(in candle, lastClose) - average) * weight;
            lastClose = candle.Close;
            values[i] = average;
        }

        (_average, _lastClose) = (average, lastClose);
    }

    private double WarmUpWith(in Candle candle)
    {
        var range = RangeOf(in candle, _lastClose);
        _lastClose = candle.Close;
        if (++_ranges == 0) return double.NaN;
        _average += range * _weight;
        return _ranges == Period ? _average : double.NaN;
    }

    private static double RangeOf(in Candle candle, double lastClose) => Math.Max(candle.High, lastClose) - Math.Min(candle.Low, lastClose);
}
