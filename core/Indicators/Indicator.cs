using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>A figure that is computed from the bars of one symbol, each bar in constant time and without allocation.</summary>
/// <remarks>
/// Bars come singly (live) or in blocks (backtests); one method computes both, so both give the same figures bit for bit.
/// </remarks>
public abstract class Indicator
{
    private double[] _values = new double[1];
    private int _count;

    /// <summary>The figure after the latest bar; NaN while it warms up.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The figures after each bar of the latest block, oldest first; NaN while it warms up.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>The number of bars after which <see cref="Value"/> is first known.</summary>
    public abstract int WarmUp { get; }

    public bool IsReady => !double.IsNaN(Value);

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle) => Update(new ReadOnlySpan<Candle>(in candle));

    /// <summary>Takes the next closed bars, oldest first; at least one.</summary>
    public void Update(ReadOnlySpan<Candle> candles)
    {
        if (_values.Length < candles.Length) _values = new double[candles.Length];
        _count = candles.Length;
        Advance(candles, _values.AsSpan(0, _count));
        Value = _values[_count - 1];
    }

    /// <summary>Computes the figure after each of the bars; <paramref name="values"/> has as many places.</summary>
    protected abstract void Advance(ReadOnlySpan<Candle> candles, Span<double> values);

    /// <summary>Makes <see cref="Value"/> the figure after that bar of the latest block.</summary>
    internal void MoveTo(int index) => Value = _values[index];
}
