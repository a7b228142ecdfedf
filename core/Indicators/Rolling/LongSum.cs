namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>A sum of any number of values that keeps what rounding takes away (Neumaier 1974), so that it does not drift.</summary>
internal struct LongSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double value)
    {
        var sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    public void Clear() => (_sum, _lost) = (0, 0);

    public void Visit(StateVisitor state)
    {
        state.Visit(ref _sum);
        state.Visit(ref _lost);
    }
}
