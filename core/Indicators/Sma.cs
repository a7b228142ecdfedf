using System.Runtime.CompilerServices;
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

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        while (!candles.IsEmpty)
        {
            // As far as the end of the ring, so that the loop within needs no look at it.
            var length = Math.Min(_ring.Length - _next, candles.Length);
            Roll(candles[..length], values[..length], _ring.AsSpan(_next, length));
            _next += length;
            if (_next == _ring.Length)
            {
                _next = 0;
                _sum = _freshSum;
                _freshSum = 0;
                _isFull = true;
                values[length - 1] = _sum * _share;
            }

            candles = candles[length..];
            values = values[length..];
        }
    }

    // In place: with a short period a call for each ring of it would cost as much as a few bars.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Roll(ReadOnlySpan<Candle> candles, Span<double> values, Span<double> ring)
    {
        var sum = _sum;
        var freshSum = _freshSum;
        var share = _isFull ? _share : double.NaN;
        // Of one length, as the compiler can see.
        values = values[..candles.Length];
        ring = ring[..candles.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            var close = candles[i].Close;
            sum += close - ring[i];
            freshSum += close;
            ring[i] = close;
            values[i] = sum * share;
        }

        _sum = sum;
        _freshSum = freshSum;
    }
}
