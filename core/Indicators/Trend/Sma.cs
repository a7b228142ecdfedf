using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>Simple moving average of the close, in quote currency; NaN until <c>period</c> closes were seen.</summary>
/// <remarks>The sum does not drift: it is made as <see cref="Rolling.RollingSum"/> explains, here over whole blocks.</remarks>
public sealed class Sma : Indicator
{
    // Up to _next the closes of this round, from there on the sums to the end of the round before, and a zero behind them.
    private readonly double[] _ring;
    private readonly double _share;
    private double _fresh;
    private int _next;
    private bool _isFull;

    /// <param name="period">Bars, 1 or more.</param>
    public Sma(int period)
        : base(period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _ring = new double[period + 1];
        _share = 1.0 / period;
    }

    public int Period => _ring.Length - 1;

    // By itself: within a caller that keeps much else in registers, the loop would have to fetch its own from the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        while (!closes.IsEmpty)
        {
            // As far as the end of the round, so that the loop within needs no look at it.
            var length = Math.Min(Period - _next, closes.Length);
            Roll(closes[..length], values[..length], _ring.AsSpan(_next, length), _ring.AsSpan(_next + 1, length));
            _next += length;
            if (_next == Period) EndRound(out values[length - 1]);
            closes = closes[length..];
            values = values[length..];
        }
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        state.Visit(ref _fresh);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
    }

    // In place: with a short period a call for each round of it would cost as much as a few bars.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Roll(ReadOnlySpan<double> closes, Span<double> values, Span<double> kept, Span<double> later)
    {
        var fresh = _fresh;
        var share = _isFull ? _share : double.NaN;

        // Of one length, as the compiler can see.
        values = values[..closes.Length];
        kept = kept[..closes.Length];
        later = later[..closes.Length];
        for (var i = 0; i < closes.Length; i++)
        {
            var close = closes[i];
            kept[i] = close;
            fresh += close;
            values[i] = (fresh + later[i]) * share;
        }

        _fresh = fresh;
    }

    private void EndRound(out double value)
    {
        value = _fresh * _share;
        Rolling.Round.SumToEnd(_ring.AsSpan(0, Period));
        (_fresh, _next, _isFull) = (0, 0, true);
    }
}
