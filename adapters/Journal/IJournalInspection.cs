using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Looks at journals from outside, also while a service writes them; changes nothing unless it is asked to.</summary>
public interface IJournalInspection
{
    /// <summary>The accounts that have a journal, in ordinal order.</summary>
    IReadOnlyList<string> Accounts { get; }

    /// <summary>Reads a journal from end to end.</summary>
    /// <exception cref="CorruptStateException">The first line that is not as it was written, or not where; or an end that was cut off.</exception>
    /// <exception cref="OperatorException">There is no such journal, or it cannot be read.</exception>
    JournalReport Verify(string account, CancellationToken cancellation = default);

    /// <summary>Takes the end of a journal as its true one, as after it was restored from a backup.</summary>
    /// <exception cref="CorruptStateException">A line before it is not as it was written, or not where.</exception>
    /// <exception cref="OperatorException">There is no such journal, or another process writes it.</exception>
    JournalReport Anchor(string account, CancellationToken cancellation = default);

    /// <summary>The batches of a journal, oldest first.</summary>
    /// <exception cref="CorruptStateException">The first line that is not as it was written, or not where.</exception>
    /// <exception cref="OperatorException">There is no such journal, or it cannot be read.</exception>
    IEnumerable<JournalBatch> Read(string account, CancellationToken cancellation = default);

    /// <summary>The number of the last fact that a journal has let go of; 0 for none.</summary>
    /// <exception cref="CorruptStateException">The record of it is not as it was written.</exception>
    long LetGo(string account) => 0;

    /// <summary>A page of facts. An inspection that need not read everything for it does it in its own way.</summary>
    /// <exception cref="CorruptStateException">Something on the way is not as it was written, or not where.</exception>
    JournalPage Find(string account, JournalQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sieve = new JournalSieve(query);
        foreach (var batch in Read(account, cancellation))
        {
            if (batch.FirstSequence > query.Highest || sieve.IsFull) break;
            sieve.Take(batch);
        }

        return JournalSieve.Page([.. sieve.Found()], query);
    }
}
