using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>What a crash leaves behind while segments are packed or let go of: nothing reads it, and it takes room.</summary>
internal static partial class SegmentLeftovers
{
    /// <summary>Removes it; one that cannot be removed is told and stays.</summary>
    public static void Remove(SegmentFiles segments, JournalBase gone, Disk disk, ILogger logger)
    {
        var count = 0;
        try
        {
            var (archived, unfinished) = segments.Archives();
            string[] leftovers = [.. archived.Where(number => number <= gone.Segments).Select(segments.Archived), .. unfinished];
            count = leftovers.Length;
            if (count == 0) return;
            foreach (var file in leftovers) disk.Delete(file);
            disk.SyncFolderOf(leftovers[0]);
            LogRemoved(logger, segments.Active, count);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            LogKept(logger, segments.Active, count, failed.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Archive files that a crash had left behind while the journal {Path} let go of them or packed them are removed, in number {Count}")]
    private static partial void LogRemoved(ILogger logger, string path, int count);

    [LoggerMessage(LogLevel.Warning, "Archive files of the journal {Path} that nothing needs any more, in number {Count}, could not be removed: {Problem}")]
    private static partial void LogKept(ILogger logger, string path, int count, string problem);
}
