using System.Runtime.CompilerServices;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>A journal that ends with the process: for replays with throw-away state, and for tests.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JournalBatch>> _accounts = new(StringComparer.Ordinal);

    public ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_accounts.TryGetValue(account, out var batches)) _accounts[account] = batches = [];
            var expected = batches.Count == 0 ? 1 : batches[^1].LastSequence + 1;
            if (batch.FirstSequence != expected) throw new JournalConflictException(account, expected, batch.FirstSequence);
            batches.Add(batch);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        JournalBatch[] batches;
        lock (_gate) batches = _accounts.TryGetValue(account, out var known) ? [.. known] : [];
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            if (batch.LastSequence >= fromSequence) yield return batch;
        }

        await Task.CompletedTask;
    }
}
