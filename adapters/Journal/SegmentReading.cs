using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>A journal as it stood at one moment, segment by segment; whoever writes it goes on meanwhile.</summary>
/// <param name="Gone">What it has let go of.</param>
/// <param name="Full">Its segments that are full, in order.</param>
/// <param name="Number">Of the segment that was written.</param>
/// <param name="Active">Its first line; null while it has none.</param>
/// <param name="Times">Between which times its facts lie; of the segment before while it has none.</param>
/// <param name="End">Where it ended.</param>
/// <param name="Marks">Places in it from which can be read, in order.</param>
internal sealed record SegmentReading(SegmentFiles Segments, StateSeal? Seal, JournalBase Gone, IReadOnlyList<int> Full, int Number, SegmentHead? Active, JournalTimes Times, JournalMark End, IReadOnlyList<JournalMark> Marks)
{
    /// <summary>The number of the fact up to which all was acknowledged, where the end is not known; the maximum where it is.</summary>
    public long Acknowledged { get; init; } = long.MaxValue;

    /// <summary>True once more was let go of: what is missing then may be that.</summary>
    public bool IsOutdated => Segments.Base() != Gone;

    /// <summary>The segments that there are, in order.</summary>
    public IReadOnlyList<int> Numbers => Active is null ? Full : [.. Full, Number];

    /// <summary>The number of the last fact before a segment.</summary>
    public long Before(int number) => number == Number && Active is not null ? Active.Before : Segments.HeadOf(number).Before;

    /// <summary>The number of the last fact in a segment.</summary>
    public long Last(int number) => number == Number || IsLast(number) ? End.LastSequence : HeadAfter(number).Before;

    /// <summary>Between which times the facts of a segment lie.</summary>
    public JournalTimes TimesOf(int number) => number == Number || IsLast(number) ? Times : HeadAfter(number).BeforeTimes;

    /// <summary>The batches from the first whose last fact is numbered so or higher, oldest first; all that is passed over in a segment is checked.</summary>
    /// <exception cref="CorruptStateException">Something is not as it was written, or not where.</exception>
    public IEnumerable<JournalBatch> Batches(long fromSequence)
    {
        foreach (var number in Numbers)
        {
            if (Last(number) < fromSequence) continue;
            foreach (var batch in BatchesOf(number, fromSequence)) yield return batch;
        }
    }

    /// <summary>Those of one segment.</summary>
    public IEnumerable<JournalBatch> BatchesOf(int number, long fromSequence) =>
        number == Number ? BatchesBetween(Marks.LastOrDefault(mark => mark.LastSequence < fromSequence), End, fromSequence) : BatchesOfFull(number, fromSequence);

    /// <summary>The batches between two places of the segment that was written.</summary>
    /// <param name="from">The default for its start.</param>
    public IEnumerable<JournalBatch> BatchesBetween(JournalMark from, JournalMark to, long fromSequence)
    {
        if (to.Position == 0) yield break;
        using var file = Segments.Open(Number, out var head, out var where);
        using var scan = new JournalScan(file, where, Segments, Seal, head, from) { Acknowledged = Acknowledged };
        while (scan.TryReadBatch(fromSequence, to.Position) is { } batch) yield return batch;
    }

    private IEnumerable<JournalBatch> BatchesOfFull(int number, long fromSequence)
    {
        using var file = Segments.Open(number, out _, out var where);
        using var scan = new JournalScan(file, where, Segments, Seal);
        while (scan.TryReadBatch(fromSequence, long.MaxValue) is { } batch) yield return batch;
        Meet(number, scan.Place);
    }

    /// <summary>The last fact of a full segment, and what its line bears.</summary>
    public (long Facts, UInt128 Mac) EndOf(int number) => IsLast(number) ? (End.LastSequence, End.Mac) : (HeadAfter(number).Before, HeadAfter(number).BeforeMac);

    /// <summary>Where a segment ends is where the next one begins.</summary>
    /// <exception cref="CorruptStateException">It is not.</exception>
    public void Meet(int number, JournalMark end)
    {
        if ((end.LastSequence, end.Mac) != EndOf(number)) throw new CorruptStateException($"Segment {number} of the journal {Segments.Active} does not end where the next one begins: lines were cut off or replaced; nothing was changed, restore it from a backup.");
    }

    /// <summary>The last of those that are full, while the next one has not begun.</summary>
    private bool IsLast(int number) => Active is null && Full.Count > 0 && Full[^1] == number;

    private SegmentHead HeadAfter(int number) => number + 1 == Number ? Active! : Segments.HeadOf(number + 1);
}
