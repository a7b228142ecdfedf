namespace OrleansTrader.Core.Indicators;

/// <summary>One named figure of an indicator.</summary>
public sealed class Output
{
    private static readonly long Unknown = BitConverter.DoubleToInt64Bits(double.NaN);

    private readonly Indicator _owner;
    private double[] _values = [double.NaN];

    internal Output(Indicator owner, string name, int warmUp) => (_owner, Name, WarmUp) = (owner, name, warmUp);

    /// <summary>The name of the property that holds it.</summary>
    public string Name { get; }

    /// <summary>The number of bars after which it is first known.</summary>
    public int WarmUp { get; }

    /// <summary>The figure after the latest bar; NaN while it warms up, and after a bar that was left out.</summary>
    public double Value => _values[_owner.Shown];

    /// <summary>The figures after each bar of the latest block, oldest first.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _owner.Count);

    /// <summary>The places for the bars that are being taken.</summary>
    internal Span<double> Room => _values.AsSpan(_owner.Start, _owner.Length);

    internal void MakeRoom(int count)
    {
        if (_values.Length < count) _values = new double[count];
    }

    internal void Put(int place, double value) => _values[place] = value;

    /// <summary>The figure after the latest bar, so turned that a reset makes NaN of it: it is not known before the first bar.</summary>
    internal void Visit(StateVisitor state)
    {
        ref var value = ref _values[_owner.Latest];
        var bits = BitConverter.DoubleToInt64Bits(value) ^ Unknown;
        state.Visit(ref bits);
        value = BitConverter.Int64BitsToDouble(bits ^ Unknown);
    }
}
