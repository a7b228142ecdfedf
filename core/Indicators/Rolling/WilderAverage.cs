namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Wilder's moving average with weight 1 / period, begun with the simple average of the first values.</summary>
internal sealed class WilderAverage
{
    private readonly int _period;
    private readonly double _weight;
    private double _average;
    private int _seen;

    /// <param name="period">Values, 1 or more.</param>
    public WilderAverage(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        (_period, _weight) = (period, 1.0 / period);
    }

    /// <summary>The average with the next value; NaN until a period of them was seen.</summary>
    public double Next(double value)
    {
        if (_seen == _period) return _average += (value - _average) * _weight;
        _average += value * _weight;
        return ++_seen == _period ? _average : double.NaN;
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(ref _average);
        state.Visit(ref _seen);
    }
}
