using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>Simple moving average of the close; NaN until <c>period</c> closes were seen.</summary>
/// <remarks>
/// The rolling sum does not drift: while the ring is refilled, a second sum of only the new values grows beside it and
/// takes the place of the rolling one each time the ring is full, so a rounding error lives for one period at most.
/// </remarks>
public sealed class Sma : Indicator
{
    private readonly double[] _ring;
    private readonly double _share;
    private double _sum;
    private double _freshSum;
    private int _next;
    private bool _isFull;

    /// <param name="period">Bars, 1 or more.</param>
    public Sma(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _ring = new double[period];
        _share = 1.0 / period;
    }

    public int Period => _ring.Length;

    public override int WarmUp => Period;

    public override void Update(in Candle candle)
    {
        var ring = _ring;
        var next = _next;
        var close = candle.Close;
        _sum += close - ring[next];
        _freshSum += close;
        ring[next] = close;
        if (++next == ring.Length)
        {
            next = 0;
            _sum = _freshSum;
            _freshSum = 0;
            _isFull = true;
        }

        _next = next;
        if (_isFull) Value = _sum * _share;
    }
}
