namespace OrleansTrader.Core.Ports;

/// <summary>The write-ahead log of accounts: what it has is true, what it has not did not happen.</summary>
public interface IJournal
{
    /// <summary>Why no position should be opened now, in a sentence, such as a store that is away; null while nothing stands in the way.</summary>
    string? Obstacle => null;

    /// <summary>Makes a batch durable; returns when it will survive a power cut.</summary>
    /// <exception cref="JournalConflictException">The batch does not follow the last one: another activation has written.</exception>
    ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation);

    /// <summary>The batches of an account from the first whose last fact is numbered <paramref name="fromSequence"/> or higher, oldest first.</summary>
    IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation);
}
