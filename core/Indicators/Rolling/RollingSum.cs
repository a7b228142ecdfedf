namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The sum of the last values, in constant time (amortised) and without drift.</summary>
/// <remarks>
/// Nothing is ever subtracted. Values are taken in rounds as long as the window. When a round ends, the sums from each of its
/// values to its end are computed once, in place; in the next round the window is such a sum, plus the sum of the new values.
/// So the sum depends on the values within the window only, and its error is that of adding these, however many came before.
/// </remarks>
internal sealed class RollingSum
{
    // Up to _next the values of this round, from there on the sums to the end of the round before, and a zero behind them.
    private readonly double[] _ring;
    private double _fresh;
    private int _next;
    private bool _isFull;

    /// <param name="length">Values, 1 or more.</param>
    public RollingSum(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _ring = new double[length + 1];
    }

    public int Length => _ring.Length - 1;

    public bool IsFull => _isFull;

    public double Sum { get; private set; }

    /// <summary>The mean of the window; NaN until it is full.</summary>
    public double Mean => _isFull ? Sum / Length : double.NaN;

    public void Add(double value)
    {
        _ring[_next++] = value;
        _fresh += value;
        Sum = _fresh + _ring[_next];
        if (_next == Length) EndRound();
    }

    public void Visit(StateVisitor state)
    {
        var sum = Sum;
        state.Visit(_ring);
        state.Visit(ref _fresh);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
        state.Visit(ref sum);
        Sum = sum;
    }

    private void EndRound()
    {
        Round.SumToEnd(_ring.AsSpan(0, Length));
        (_fresh, _next, _isFull) = (0, 0, true);
    }
}
