namespace OrleansTrader.Core.Market;

/// <summary>The latest candles of one symbol, oldest first, in a ring of fixed capacity; appending never allocates.</summary>
public sealed class CandleSeries(int capacity)
{
    private readonly Candle[] _ring = capacity > 0
        ? new Candle[capacity]
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A series holds at least one candle.");

    private int _next;

    public int Capacity => _ring.Length;

    public int Count { get; private set; }

    /// <summary>The candle at <paramref name="index"/>, 0 being the oldest that is still held.</summary>
    public ref readonly Candle this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var at = _next - Count + index;
            return ref _ring[at < 0 ? at + _ring.Length : at];
        }
    }

    /// <exception cref="ArgumentException">The candle does not open after the last one.</exception>
    public void Append(in Candle candle)
    {
        if (Count > 0 && candle.OpenTime <= this[Count - 1].OpenTime)
            throw new ArgumentException($"The candle of {candle.OpenTime:O} does not follow the last one, {this[Count - 1].OpenTime:O}.", nameof(candle));
        _ring[_next] = candle;
        if (++_next == _ring.Length) _next = 0;
        if (Count < _ring.Length) Count++;
    }

    public void Clear() => Count = 0;

    public Candle[] ToArray()
    {
        var copy = new Candle[Count];
        for (var i = 0; i < copy.Length; i++) copy[i] = this[i];
        return copy;
    }
}
