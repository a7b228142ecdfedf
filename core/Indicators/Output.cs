namespace OrleansTrader.Core.Indicators;

/// <summary>One named figure of an indicator.</summary>
public sealed class Output
{
    private double[] _values = new double[1];
    private int _count;
    private int _start;
    private int _length;

    internal Output(string name, int warmUp) => (Name, WarmUp) = (name, warmUp);

    /// <summary>The name of the property that holds it.</summary>
    public string Name { get; }

    /// <summary>The number of bars after which it is first known.</summary>
    public int WarmUp { get; }

    /// <summary>The figure after the latest bar; NaN while it warms up, and after a bar that was left out.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The figures after each bar of the latest block, oldest first.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>The places for the bars that are being taken.</summary>
    internal Span<double> Room => _values.AsSpan(_start, _length);

    /// <summary>What an indicator that is written bar by bar gives for this bar.</summary>
    internal double Next { get; set; } = double.NaN;

    internal void Begin(int count)
    {
        if (_values.Length < count) _values = new double[count];
        _count = count;
        Open(0, count);
    }

    internal void Open(int start, int length) => (_start, _length) = (start, length);

    internal void MoveTo(int index) => Value = _values[index];

    internal void Visit(StateVisitor state)
    {
        var value = Value;
        state.Visit(ref value);
        Value = value;
    }

    internal void ForgetBlock() => _count = 0;

    internal void Clear()
    {
        Value = double.NaN;
        ForgetBlock();
    }
}
