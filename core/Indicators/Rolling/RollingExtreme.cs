using System.Runtime.CompilerServices;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The highest or the lowest of the last values, in constant time.</summary>
/// <remarks>
/// Works in rounds as <see cref="RollingSum"/> does: the extreme of the window is that of the new values, or the one from here to
/// the end of the round before. There is no jump, since no processor can guess which value will be higher.
/// </remarks>
internal sealed class RollingExtreme
{
    // Up to _next the values of this round, from there on the extremes to the end of the round before; the signs turn lowest into highest.
    private readonly double[] _ring;
    private readonly double _sign;
    private double _fresh;
    private int _next;
    private bool _isFull;

    private RollingExtreme(int length, double sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_ring, _sign) = (new double[length], sign);
    }

    /// <param name="length">Values, 1 or more.</param>
    public static RollingExtreme Highest(int length) => new(length, 1);

    /// <param name="length">Values, 1 or more.</param>
    public static RollingExtreme Lowest(int length) => new(length, -1);

    /// <summary>The extreme with the next value; NaN until the window is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        value *= _sign;
        var ring = _ring;
        var next = _next;
        _fresh = next == 0 ? value : double.MaxNative(_fresh, value);
        ring[next++] = value;
        if (next == ring.Length) return EndRound();
        _next = next;
        return _isFull ? double.MaxNative(_fresh, ring[next]) * _sign : double.NaN;
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        state.Visit(ref _fresh);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
    }

    private double EndRound()
    {
        var highest = double.NegativeInfinity;
        for (var i = _ring.Length - 1; i >= 0; i--) _ring[i] = highest = double.MaxNative(highest, _ring[i]);
        (_next, _isFull) = (0, true);
        return highest * _sign;
    }
}
