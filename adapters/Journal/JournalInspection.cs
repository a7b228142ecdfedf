using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Looks at the journals of a folder from outside, also while a service writes them; changes nothing unless it is asked to.</summary>
/// <param name="keyFile">Null for the key in the folder.</param>
public sealed class JournalInspection(string folder, string? keyFile = null) : IJournalInspection
{
    private const string Ending = ".journal";

    /// <summary>The accounts that have a journal, in ordinal order.</summary>
    /// <exception cref="StateFolderException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Accounts => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*" + Ending).Select(path => Path.GetFileName(path)[..^Ending.Length]).Order(StringComparer.Ordinal)]
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
        File.Delete(HeadOf(account));
        using var head = new JournalHead(HeadOf(account), Disk.Real);
        head.Begin(end.Mac, syncToDisk: true);
        head.Write(end.LastSequence, end.Mac);
        return report;
    }

    /// <summary>The batches of a journal, oldest first.</summary>
    /// <exception cref="CorruptStateException">The first line that is not as it was written, or not where.</exception>
    /// <exception cref="StateFolderException">There is no such journal, or it cannot be read.</exception>
    public IEnumerable<JournalBatch> Read(string account, CancellationToken cancellation = default)
    {
        using var chain = Chain();
        using var scan = new JournalScan(PathOf(account), account, chain);
        while (scan.TryReadBatch(0, long.MaxValue) is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    private (JournalReport Report, JournalMark End) Read(string account, bool isHeadJudged, CancellationToken cancellation)
    {
        var path = PathOf(account);
        // The head first: whoever appends meanwhile moves it on.
        using var head = new JournalHead(HeadOf(account), Disk.Real);
        var check = new HeadCheck(path, head.Read());
        using var chain = Chain();
        using var scan = new JournalScan(path, account, chain);
        var batches = 0L;
        while (scan.TryRead(0, long.MaxValue, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            check.Pass(scan.Place);
            batches++;
        }

        if (isHeadJudged) check.Judge(scan.LastSequence);
        return (new JournalReport(account, batches, scan.LastSequence, scan.SoundLength, Math.Max(0, new FileInfo(path).Length - scan.SoundLength)), scan.Place);
    }

    private JournalChain Chain() => new(JournalKey.Read(keyFile ?? Path.Combine(folder, JournalKey.FileName)));

    private string PathOf(string account)
    {
        var path = Path.Combine(folder, account + Ending);
        return File.Exists(path) ? path : throw new StateFolderException($"There is no journal {path}; there are {(Accounts.Count == 0 ? "none" : string.Join(", ", Accounts))}.");
    }

    private string HeadOf(string account) => Path.Combine(folder, account + Ending + ".head");
}
