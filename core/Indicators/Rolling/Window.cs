namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The last values as they came.</summary>
internal sealed class Window
{
    private readonly double[] _ring;
    private int _next;
    private bool _isFull;

    /// <param name="length">Values, 1 or more.</param>
    public Window(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _ring = new double[length];
    }

    public bool IsFull => _isFull;

    /// <summary>In no order of time; zeros until the window is full.</summary>
    public ReadOnlySpan<double> Values => _ring;

    /// <summary>Takes a value and gives the one that leaves for it; NaN until the window is full.</summary>
    public double Push(double value)
    {
        var left = _isFull ? _ring[_next] : double.NaN;
        _ring[_next] = value;
        if (++_next == _ring.Length) (_next, _isFull) = (0, true);
        return left;
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
    }
}
