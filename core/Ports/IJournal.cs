namespace OrleansTrader.Core.Ports;

/// <summary>The write-ahead log of accounts: what it has is true, what it has not did not happen.</summary>
public interface IJournal
{
    /// <summary>Why no position should be opened now, in a sentence, such as a store that is away; null while nothing stands in the way.</summary>
    string? Obstacle => null;

    /// <summary>Why the latest batch of an account was not written, in a sentence; null once one is. Trading goes on by itself then, and nothing is decided by it: it is for whoever looks.</summary>
    string? Failure => null;

    /// <summary>Makes a batch durable; returns when it will survive a power cut.</summary>
    /// <exception cref="JournalConflictException">The batch does not follow the last one: another activation has written.</exception>
    ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation);

    /// <summary>
    /// The batches of an account from the first whose last fact is numbered <paramref name="fromSequence"/> or higher, oldest first. Facts that
    /// a snapshot has long covered may be gone: then it begins with the first that is there.
    /// </summary>
    IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation);

    /// <summary>A page of the facts that are asked for. A journal that need not read everything for it does it in its own way.</summary>
    async ValueTask<JournalPage> FindAsync(string account, JournalQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sieve = new JournalSieve(query);
        await foreach (var batch in ReadAsync(account, query.Lowest, cancellation))
        {
            if (batch.FirstSequence > query.Highest || sieve.IsFull) break;
            sieve.Take(batch);
        }

        return JournalSieve.Page([.. sieve.Found()], query);
    }

    /// <summary>Says that a snapshot, which is durable, has all facts up to that number: what lies before may be put away.</summary>
    ValueTask CoveredAsync(string account, long sequence) => ValueTask.CompletedTask;
}
