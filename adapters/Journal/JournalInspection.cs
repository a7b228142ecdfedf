using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Looks at the journals of a folder from outside, also while a service writes them; changes nothing unless it is asked to.</summary>
/// <param name="keyFile">Null for the key in the folder.</param>
/// <param name="seal">Null where nothing is sealed, or only what is written around it is asked for.</param>
public sealed class JournalInspection(string folder, string? keyFile = null, StateSeal? seal = null) : IJournalInspection
{
    private const string Ending = ".journal";
    private const string HeadEnding = ".head";

    /// <summary>The accounts that have a journal, in ordinal order.</summary>
    /// <exception cref="StateFolderException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Accounts => Directory.Exists(folder)
        ? [.. Names("").Union(Names(HeadEnding), StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : throw new StateFolderException($"There is no folder {folder} with journals; name the folder of the state with --state.");

    /// <summary>Reads a journal from end to end.</summary>
    /// <exception cref="CorruptStateException">The first line that is not as it was written, or not where; or an end that was cut off.</exception>
    /// <exception cref="StateFolderException">There is no such journal, or it cannot be read.</exception>
    public JournalReport Verify(string account, CancellationToken cancellation = default) => Read(account, isHeadJudged: true, cancellation).Report;

    /// <summary>Takes the end of a journal as its true one, as after it was restored from a backup.</summary>
    /// <exception cref="CorruptStateException">A line before it is not as it was written, or not where.</exception>
    public JournalReport Anchor(string account, CancellationToken cancellation = default)
    {
        // Whoever writes it at the same time would move the head to and fro.
        using var ours = StateFolder.Take(folder);
        var (report, end) = Read(account, isHeadJudged: false, cancellation);
        var keys = SegmentsOf(account).Keys;
        File.Delete(HeadOf(account));
        using var head = new JournalHead(HeadOf(account), Disk.Real, keys);
        head.Begin(end.Mac, syncToDisk: true);
        head.Write(end.LastSequence, end.Mac);
        return report;
    }

    /// <summary>The batches of a journal, oldest first.</summary>
    /// <exception cref="CorruptStateException">The first line that is not as it was written, or not where.</exception>
    /// <exception cref="StateFolderException">There is no such journal, or it cannot be read.</exception>
    /// <remarks>Who reads while segments are let go of may find the next one gone: then <see cref="LetGo"/> has moved on, and reading from the start succeeds.</remarks>
    public IEnumerable<JournalBatch> Read(string account, CancellationToken cancellation = default)
    {
        foreach (var batch in Reading(SegmentsOf(account)).Batches(0))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    /// <summary>A page of facts.</summary>
    /// <exception cref="CorruptStateException">Something on the way is not as it was written, or not where.</exception>
    public JournalPage Find(string account, JournalQuery query, CancellationToken cancellation = default)
    {
        var segments = SegmentsOf(account);
        while (true)
        {
            var reading = Reading(segments);
            try
            {
                return SegmentSearch.Find(reading, query, cancellation);
            }
            catch (CorruptStateException) when (reading.IsOutdated)
            {
                // More was let go of meanwhile.
            }
        }
    }

    /// <summary>Makes a new key for the chains; a service that runs goes over to it with its next facts, in new segments.</summary>
    /// <returns>By which the new one is called.</returns>
    /// <exception cref="StateFolderException">There is no key yet, or it cannot be written; nothing is lost.</exception>
    public string ChangeKey() => JournalKeys.Change(keyFile ?? Path.Combine(folder, JournalKey.FileName), Disk.Real);

    /// <summary>The number of the last fact that a journal has let go of; 0 for none.</summary>
    /// <exception cref="CorruptStateException">The record of it is not as it was written.</exception>
    public long LetGo(string account) => SegmentsOf(account).Base().Facts;

    private SegmentReading Reading(SegmentFiles segments)
    {
        while (true)
        {
            var gone = segments.Base();
            try
            {
                return ReadingNow(segments);
            }
            catch (CorruptStateException) when (segments.Base() != gone)
            {
                // More was let go of meanwhile.
            }
        }
    }

    private SegmentReading ReadingNow(SegmentFiles segments)
    {
        using var head = new JournalHead(HeadOf(segments.Account), Disk.Real, segments.Keys);
        var acknowledged = head.Read()?.Sequence ?? long.MaxValue;
        // Before the full ones: one that is closed in between is among them then, and not lost between the two.
        var active = segments.ActiveHead();
        var (gone, full) = segments.Standing();
        var number = gone.Segments + full.Count + 1;
        if (active?.Number < number) active = null;
        if (active is not null && active.Number != number) throw segments.Missing(number);
        var end = active is null && full.Count > 0 ? EndOf(segments, full[^1]) : new JournalMark(long.MaxValue, long.MaxValue, default);
        return new SegmentReading(segments, seal, gone, full, number, active, JournalTimes.Any, end, []) { Acknowledged = acknowledged };
    }

    private static JournalMark EndOf(SegmentFiles segments, int number)
    {
        using var scan = new JournalScan(segments.Open(number, out _, out var where), where, segments, seal: null);
        while (scan.TryRead(0, long.MaxValue, out _))
        {
            // To its end.
        }

        return scan.Place;
    }

    private (JournalReport Report, JournalMark End) Read(string account, bool isHeadJudged, CancellationToken cancellation)
    {
        var segments = SegmentsOf(account);
        while (true)
        {
            var gone = segments.Base();
            try
            {
                return Read(segments, gone, isHeadJudged, cancellation);
            }
            catch (CorruptStateException) when (segments.Base() != gone)
            {
                // More was let go of meanwhile.
            }
        }
    }

    private (JournalReport Report, JournalMark End) Read(SegmentFiles segments, JournalBase gone, bool isHeadJudged, CancellationToken cancellation)
    {
        // The head first: whoever appends meanwhile moves it on.
        using var head = new JournalHead(HeadOf(segments.Account), Disk.Real, segments.Keys);
        var told = isHeadJudged ? head.Read() : null;
        if (!head.IsSigned && told is not null)
            throw new CorruptStateException($"The head {HeadOf(segments.Account)} bears no signature: an older version wrote it, and the next start of the service signs it, or somebody has replaced it, and the end of the journal may be cut off.");
        var check = new HeadCheck(segments.Active, told);
        segments.Standing();
        var walk = SegmentWalk.Run(segments, gone, check, cancellation);
        // One that is there now was begun, and closed, after the end was read.
        if (segments.ActiveHead() is { } active && active.Number > walk.Number && !segments.IsThere(walk.Number)) throw segments.Missing(walk.Number);
        if (File.Exists(segments.Active) && walk.Number == gone.Segments + 1) Unread(segments, check);
        if (isHeadJudged) check.Judge(walk.End.LastSequence);
        var report = new JournalReport(segments.Account, walk.Batches, walk.End.LastSequence, walk.Bytes, walk.Unfinished) { Segments = walk.Number - gone.Segments - 1, LetGo = gone.Facts, LetGoAt = gone.At };
        return (report, walk.End);
    }

    /// <summary>Says why a file that is there is no segment; what a crash has left of its first line is nothing to say.</summary>
    private static void Unread(SegmentFiles segments, HeadCheck check)
    {
        using var scan = new JournalScan(new FileStream(segments.Active, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), segments.Active, segments, seal: null) { Acknowledged = check.Acknowledged };
        scan.TryRead(0, long.MaxValue, out _);
    }

    private IEnumerable<string> Names(string ending) => Directory.GetFiles(folder, "*" + Ending + ending).Select(path => Path.GetFileName(path)[..^(Ending.Length + ending.Length)]);

    private SegmentFiles SegmentsOf(string account) => new(PathOf(account), account, new JournalKeys(keyFile ?? Path.Combine(folder, JournalKey.FileName)));

    private string PathOf(string account)
    {
        var path = Path.Combine(folder, account + Ending);
        return File.Exists(path) || File.Exists(path + HeadEnding) ? path : throw new StateFolderException($"There is no journal {path}; there are {(Accounts.Count == 0 ? "none" : string.Join(", ", Accounts))}.");
    }

    private string HeadOf(string account) => Path.Combine(folder, account + Ending + HeadEnding);
}
