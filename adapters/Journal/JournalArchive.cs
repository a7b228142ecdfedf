using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Compresses the full segments that a snapshot covers, and lets go of those that are older than the owner wants to keep.</summary>
internal sealed partial class JournalArchive(SegmentFiles segments, JournalOptions options, Disk disk, TimeProvider clock, ILogger logger)
{
    /// <summary>Every file that it makes is durable before the one that it replaces goes.</summary>
    /// <param name="covered">Every version of the snapshot that is kept has all facts up to this number.</param>
    /// <exception cref="StateFolderException">A file cannot be written; nothing is lost.</exception>
    public void Run(SegmentReading reading, long covered)
    {
        try
        {
            foreach (var number in reading.Full)
                if (reading.Last(number) <= covered && File.Exists(segments.Closed(number)))
                    Pack(reading, number);
            if (options.RetentionDays > 0) LetGo(reading, covered);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(segments.Archived(1), failed);
        }
    }

    private void Pack(SegmentReading reading, int number)
    {
        var (closed, archived) = (segments.Closed(number), segments.Archived(number));
        var folder = Path.GetDirectoryName(archived)!;
        Directory.CreateDirectory(folder);
        disk.SyncFolderOf(segments.Active);
        var fresh = archived + SegmentFiles.Unfinished;
        using (var source = new FileStream(closed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var file = disk.Create(fresh, isPrivate: false)) PackedSegment.Write(source, file);

        // What cannot be read back must not take the place of what can.
        using (var scan = new JournalScan(PackedSegment.Open(new FileStream(fresh, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), fresh), fresh, segments, seal: null))
        {
            while (scan.TryRead(0, long.MaxValue, out _))
            {
                // To its end, where it must meet the next one.
            }

            reading.Meet(number, scan.Place);
        }

        disk.Move(fresh, archived);
        disk.SyncFolder(folder);
        disk.Delete(closed);
        disk.SyncFolderOf(closed);
    }

    private void LetGo(SegmentReading reading, long covered)
    {
        var oldest = clock.GetUtcNow().UtcDateTime.AddDays(-options.RetentionDays);
        var last = 0;
        foreach (var number in reading.Full)
        {
            var archived = segments.Archived(number);
            if (reading.Last(number) > covered || !File.Exists(archived) || File.GetLastWriteTimeUtc(archived) > oldest) break;
            last = number;
        }

        if (last == 0) return;
        var (facts, mac) = reading.EndOf(last);
        // The record first: without it the segments would be missing.
        new JournalBase(last, facts, mac, clock.GetUtcNow().UtcDateTime).Write(segments.BasePath, segments.Account, segments.Keys, disk);
        foreach (var number in reading.Full)
            if (number <= last)
                disk.Delete(segments.Archived(number));
        disk.SyncFolder(Path.GetDirectoryName(segments.Archived(last))!);
        LogLetGo(logger, segments.Active, reading.Gone.Facts + 1, facts, options.RetentionDays);
    }

    [LoggerMessage(LogLevel.Information, "The journal {Path} has let go of its facts {First} to {Last}, which a snapshot covers and which were archived for more than {Days} days")]
    private static partial void LogLetGo(ILogger logger, string path, long first, long last, int days);
}
