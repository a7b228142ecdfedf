namespace OrleansTrader.Core.Market.Books;

/// <summary>Changes that came before a snapshot, copied, since the memory in which they came is used again.</summary>
/// <param name="capacity">The most changes that are kept.</param>
internal sealed class KeptChanges(int capacity)
{
    private readonly Queue<BookChange> _changes = new();
    private long _lastUpdateId;

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>The first update that is kept; there must be one.</summary>
    public long FirstUpdateId => _changes.Peek().FirstUpdateId;

    public void Add(in BookChange change)
    {
        if (!IsEmpty && change.LastUpdateId <= _lastUpdateId) return;

        // What came before a gap can never be joined to what comes after it.
        if (_changes.Count == capacity || (!IsEmpty && change.FirstUpdateId > _lastUpdateId + 1)) Clear();
        _changes.Enqueue(change with { Bids = change.Bids.ToArray(), Asks = change.Asks.ToArray() });
        _lastUpdateId = change.LastUpdateId;
    }

    public bool TryTake(out BookChange change) => _changes.TryDequeue(out change);

    public void Clear() => _changes.Clear();
}
