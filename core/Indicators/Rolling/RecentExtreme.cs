using System.Runtime.CompilerServices;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The highest or the lowest of the last values and how long ago it came, in constant time.</summary>
/// <remarks>
/// Works in rounds as <see cref="RollingSum"/> does: the extreme of the window is that of the new values, or the one from here to
/// the end of the round before. Of equal extremes the most recent counts.
/// </remarks>
internal sealed class RecentExtreme
{
    // Up to _next the values of this round, from there on the extremes to the end of the round before; the signs turn lowest into highest.
    private readonly double[] _ring;
    private readonly int[] _places;
    private readonly double _sign;
    private double _fresh;
    private int _freshPlace;
    private int _next;
    private bool _isFull;

    private RecentExtreme(int length, double sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_ring, _places, _sign) = (new double[length], new int[length], sign);
    }

    /// <param name="length">Values, 1 or more.</param>
    public static RecentExtreme Highest(int length) => new(length, 1);

    /// <param name="length">Values, 1 or more.</param>
    public static RecentExtreme Lowest(int length) => new(length, -1);

    /// <summary>NaN until the window is full.</summary>
    public double Value { get; private set; }

    /// <summary>How many values came after it.</summary>
    public int Age { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        value *= _sign;
        var place = _next;
        if (place == 0 || value >= _fresh) (_fresh, _freshPlace) = (value, place);
        _ring[place] = value;
        if (++_next == _ring.Length) return EndRound();
        if (!_isFull) return Value = double.NaN;

        var later = _ring[_next];
        var isFresh = _fresh >= later;
        Age = isFresh ? place - _freshPlace : place + _ring.Length - _places[_next];
        return Value = (isFresh ? _fresh : later) * _sign;
    }

    public void Visit(StateVisitor state)
    {
        var (value, age) = (Value, Age);
        state.Visit(_ring);
        state.Visit(_places);
        state.Visit(ref _fresh);
        state.Visit(ref _freshPlace);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
        state.Visit(ref value);
        state.Visit(ref age);
        (Value, Age) = (value, age);
    }

    private double EndRound()
    {
        Age = _ring.Length - 1 - _freshPlace;
        Value = _fresh * _sign;
        var last = _ring.Length - 1;
        _places[last] = last;
        for (var i = last - 1; i >= 0; i--)
        {
            var isHigher = _ring[i] > _ring[i + 1];
            _places[i] = isHigher ? i : _places[i + 1];
            if (!isHigher) _ring[i] = _ring[i + 1];
        }

        (_next, _isFull) = (0, true);
        return Value;
    }
}
