namespace OrleansTrader.Core.Market;

/// <summary>All bars of one symbol, oldest first, laid out once so that many runs can read them in blocks.</summary>
public sealed class BarTable
{
    private readonly ReadOnlyMemory<Candle> _candles;
    private readonly double[] _highs;
    private readonly double[] _lows;
    private readonly double[] _closes;
    private readonly int[] _unsound;

    public BarTable(ReadOnlyMemory<Candle> candles)
    {
        _candles = candles;
        (_highs, _lows, _closes) = (new double[candles.Length], new double[candles.Length], new double[candles.Length]);
        _unsound = BarColumns.LayOut(candles.Span, _highs, _lows, _closes)
            ? []
            : [.. Enumerable.Range(0, candles.Length).Where(i => !candles.Span[i].IsSound)];
    }

    /// <summary>The bars from there on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Bars Slice(int start, int length) => new(
        _candles.Span.Slice(start, length),
        _highs.AsSpan(start, length),
        _lows.AsSpan(start, length),
        _closes.AsSpan(start, length),
        AreSound(start, length));

    internal bool IsOf(ReadOnlyMemory<Candle> candles) => _candles.Equals(candles);

    private bool AreSound(int start, int length)
    {
        if (_unsound.Length == 0) return true;
        var first = Array.BinarySearch(_unsound, start);
        if (first < 0) first = ~first;
        return first == _unsound.Length || _unsound[first] >= start + length;
    }
}
