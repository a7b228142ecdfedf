using System.Globalization;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Goes through a journal from segment to segment and proves every line, also while somebody writes it.</summary>
/// <param name="Number">Of the segment that would come next.</param>
/// <param name="End">Where the last one ends.</param>
/// <param name="Unfinished">Bytes after that.</param>
internal sealed record SegmentWalk(int Number, JournalMark End, long Batches, long Bytes, long Unfinished)
{
    /// <exception cref="CorruptStateException">A line is not as it was written, or not where.</exception>
    public static SegmentWalk Run(SegmentFiles segments, JournalBase gone, HeadCheck check, CancellationToken cancellation)
    {
        var walk = new SegmentWalk(gone.Segments + 1, new JournalMark(0, gone.Facts, gone.Mac), 0, 0, 0);
        check.Pass(walk.End);
        // Where the walk stood before the segment that was being written; null once that is read in full.
        SegmentWalk? before = null;
        while (segments.TryOpen(walk.Number, out _, out var where) is { } file)
        {
            var isWritten = string.Equals(where, segments.Active, StringComparison.Ordinal);
            using var scan = new JournalScan(file, where, segments, seal: null) { Acknowledged = isWritten ? check.Acknowledged : long.MaxValue };
            var batches = 0;
            for (; scan.TryRead(0, long.MaxValue, out _); batches++)
            {
                cancellation.ThrowIfCancellationRequested();
                check.Pass(scan.Place);
            }

            if (scan.Head is not { } first) break;
            if (walk.Number > 1 && first.Start != walk.End with { Position = 0 })
            {
                // It got more lines, and was closed, after its end was read.
                if (before is null) throw NotWhereOthersEnd(segments, walk);
                (walk, before) = (before, null);
                continue;
            }

            before = isWritten ? walk : null;
            walk = new SegmentWalk(walk.Number + 1, scan.Place, walk.Batches + batches, walk.Bytes + scan.SoundLength, file.CanSeek ? Math.Max(0, file.Length - scan.SoundLength) : 0);
        }

        return walk;
    }

    private static CorruptStateException NotWhereOthersEnd(SegmentFiles segments, SegmentWalk walk) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Segment {walk.Number} of the journal {segments.Active} does not begin where the one before ends, after fact {walk.End.LastSequence}: lines were cut off or replaced; nothing was changed, restore it from a backup."));
}
