using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Exponential moving average of the close, in quote currency, with weight 2 / (period + 1), begun with the simple average of the first
/// <c>period</c> closes as TA-Lib does; NaN until then.
/// </summary>
public sealed class Ema : Indicator
{
    private readonly double _weight;
    private double _average;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    public Ema(int period)
        : base(period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _weight = 2.0 / (period + 1);
    }

    public int Period { get; }

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var i = 0;
        for (; _seen < Period && i < candles.Length; i++) values[i] = WarmUpWith(candles[i].Close);

        var average = _average;
        var weight = _weight;
        for (; i < candles.Length; i++)
        {
            average = Math.FusedMultiplyAdd(candles[i].Close - average, weight, average);
            values[i] = average;
        }

        _average = average;
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _average);
        state.Visit(ref _seen);
    }

    private double WarmUpWith(double close)
    {
        _average += close;
        if (++_seen < Period) return double.NaN;
        _average /= Period;
        return _average;
    }
}
