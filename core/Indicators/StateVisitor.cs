namespace OrleansTrader.Core.Indicators;

/// <summary>
/// Passes over every field that changes from bar to bar, in a fixed order. Saving, restoring and resetting are one such
/// pass each, so that a field cannot be forgotten in one of the three.
/// </summary>
/// <remarks>A field is 0 or false before the first bar: that is what a reset makes of it.</remarks>
public abstract class StateVisitor
{
    public abstract void Visit(ref long value);

    public void Visit(ref double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        Visit(ref bits);
        value = BitConverter.Int64BitsToDouble(bits);
    }

    public void Visit(ref int value)
    {
        long wide = value;
        Visit(ref wide);
        value = (int)wide;
    }

    public void Visit(ref bool value)
    {
        long wide = value ? 1 : 0;
        Visit(ref wide);
        value = wide != 0;
    }

    public void Visit(Span<double> values)
    {
        foreach (ref var value in values) Visit(ref value);
    }

    public void Visit(Span<int> values)
    {
        foreach (ref var value in values) Visit(ref value);
    }
}
