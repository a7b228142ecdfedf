namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The sum of the last values with the weights 1 (oldest) to length (newest), in constant time and without drift.</summary>
/// <remarks>Works in rounds as <see cref="RollingSum"/> does; within a round the older part only looks up what was summed at its end.</remarks>
internal sealed class RollingWeightedSum
{
    private readonly double[] _weighted;
    private readonly int _length;
    private double _fresh;
    private double _freshWeighted;
    private int _next;
    private bool _isFull;

    /// <param name="length">Values, 1 or more.</param>
    public RollingWeightedSum(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _length = length;
        _weighted = new double[length + 1];
    }

    /// <summary>The sum; NaN until the window is full.</summary>
    public double Sum { get; private set; }

    /// <summary>The weighted mean; NaN until the window is full.</summary>
    public double Mean => Sum / (_length * (_length + 1.0) / 2);

    public bool IsFull => _isFull;

    public void Add(double value)
    {
        // Each of the new values weighs one less than with the bar before.
        _freshWeighted += (_length * value) - _fresh;
        _fresh += value;
        _weighted[_next++] = value;
        Sum = _freshWeighted + _weighted[_next];
        if (_next == _length) EndRound();
        if (!_isFull) Sum = double.NaN;
    }

    public void Visit(StateVisitor state)
    {
        var sum = Sum;
        state.Visit(_weighted);
        state.Visit(ref _fresh);
        state.Visit(ref _freshWeighted);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
        state.Visit(ref sum);
        Sum = sum;
    }

    private void EndRound()
    {
        double plain = 0;
        for (var i = _length - 1; i >= 0; i--)
        {
            plain += _weighted[i];
            _weighted[i] = plain + _weighted[i + 1];
        }

        (_fresh, _freshWeighted, _next, _isFull) = (0, 0, 0, true);
    }
}
