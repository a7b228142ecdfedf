using System.Runtime.CompilerServices;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Reads an account's journal beside whoever writes it, and begins again where segments are let go of meanwhile.</summary>
internal static class JournalView
{
    /// <exception cref="StateFolderException">It cannot be read, or what was to come next was let go of.</exception>
    public static async IAsyncEnumerable<JournalBatch> ReadAsync(AccountFile file, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (next, isBegun) = (fromSequence, false);
        while (true)
        {
            var reading = await file.ReadingAsync(cancellation);
            if (isBegun && reading.Gone.Facts >= next) throw new StateFolderException(FormattableString.Invariant($"The journal {reading.Segments.Active} has let go of its facts up to {reading.Gone.Facts} while it was read from fact {next} on; read it again."));
            using var batches = reading.Batches(next).GetEnumerator();
            while (TryMove(batches, reading) is { } isMore)
            {
                if (!isMore) yield break;
                cancellation.ThrowIfCancellationRequested();
                yield return batches.Current;
                (next, isBegun) = (batches.Current.LastSequence + 1, true);
            }
        }
    }

    /// <summary>Away from whoever asks: a page may need a long look.</summary>
    public static async ValueTask<JournalPage> FindAsync(AccountFile file, JournalQuery query, CancellationToken cancellation)
    {
        while (true)
        {
            var reading = await file.ReadingAsync(cancellation);
            if (await Task.Run(() => TryFind(reading, query, cancellation), cancellation) is { } page) return page;
        }
    }

    /// <returns>Null when more was let go of meanwhile.</returns>
    private static bool? TryMove(IEnumerator<JournalBatch> batches, SegmentReading reading)
    {
        try
        {
            return batches.MoveNext();
        }
        catch (CorruptStateException) when (reading.IsOutdated)
        {
            return null;
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(reading.Segments.Active, failed);
        }
    }

    /// <inheritdoc cref="TryMove"/>
    private static JournalPage? TryFind(SegmentReading reading, JournalQuery query, CancellationToken cancellation)
    {
        try
        {
            return SegmentSearch.Find(reading, query, cancellation);
        }
        catch (CorruptStateException) when (reading.IsOutdated)
        {
            return null;
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(reading.Segments.Active, failed);
        }
    }
}
