namespace OrleansTrader.Core.Ports;

/// <summary>Takes out of batches, given oldest first, what a query asks for: the first of it, or the last where the newest comes first.</summary>
/// <param name="lowest">Facts before this one are left out.</param>
/// <param name="highest">Facts after this one are left out.</param>
public sealed class JournalSieve(JournalQuery query, long lowest = 1, long highest = long.MaxValue)
{
    private readonly Queue<JournalEntry> _entries = new();

    /// <summary>One more than a page has, which says that there is another.</summary>
    private int Most => query.Limit + 1;

    /// <summary>True when nothing that comes later can change the page.</summary>
    public bool IsFull => !query.IsNewestFirst && _entries.Count == Most;

    public void Take(JournalBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var sequence = batch.FirstSequence;
        foreach (var fact in batch.Facts)
        {
            if (!IsFull && sequence >= lowest && sequence <= highest && query.Takes(sequence, in fact, batch.StepTime)) Add(new JournalEntry(sequence, fact.Time == default ? batch.StepTime : fact.Time, fact));
            sequence++;
        }
    }

    /// <summary>What was found, in the order that was asked for; with one more than a page has, where there is more.</summary>
    public IEnumerable<JournalEntry> Found() => query.IsNewestFirst ? _entries.Reverse() : _entries;

    /// <summary>A page of what was found.</summary>
    public static JournalPage Page(IReadOnlyList<JournalEntry> found, JournalQuery query) =>
        found.Count > query.Limit ? new JournalPage([.. found.Take(query.Limit)], found[query.Limit - 1].Sequence) : new JournalPage([.. found], Next: null);

    private void Add(JournalEntry entry)
    {
        if (_entries.Count == Most) _entries.Dequeue();
        _entries.Enqueue(entry);
    }
}
