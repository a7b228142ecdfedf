namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Exponential moving average with weight 2 / (period + 1), begun with the simple average of the first values.</summary>
internal sealed class ExponentialAverage
{
    private readonly int _period;
    private readonly double _weight;
    private double _average;
    private int _seen;

    /// <param name="period">Values, 1 or more.</param>
    public ExponentialAverage(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        (_period, _weight) = (period, 2.0 / (period + 1));
    }

    /// <summary>The average with the next value; NaN until a period of them was seen.</summary>
    public double Next(double value)
    {
        if (_seen == _period) return _average = Math.FusedMultiplyAdd(value - _average, _weight, _average);
        _average += value;
        if (++_seen < _period) return double.NaN;
        return _average /= _period;
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(ref _average);
        state.Visit(ref _seen);
    }
}
