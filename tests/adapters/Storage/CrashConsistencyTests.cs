using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Journal;

namespace OrleansTrader.Adapters.Tests.Storage;

/// <summary>
/// A busy run of journal and snapshots with all its calls recorded; after each of them the power goes, several times with other luck, and
/// what is left must hold everything that was acknowledged, and nothing twice.
/// </summary>
public sealed class CrashConsistencyTests : IDisposable
{
    private const string Account = "paper";
    private const int Turns = 24;
    private const int Lucks = 3;
    private const int Together = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedDisk _disk = new();
    private StateSeal? _seal;

    /// <summary>What was acknowledged before the call of that number.</summary>
    private readonly List<(int Calls, long Fact, int Snapshot, long LetGo)> _acknowledged = [];

    /// <summary>What may be let go of from the call of that number on.</summary>
    private readonly List<(int Calls, long Fact)> _covered = [];
    private bool _isLetGo;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <param name="segmentBytes">The small one closes a segment every few turns.</param>
    /// <param name="isLetGo">What is archived is let go of by the archiving after that.</param>
    [Theory]
    [InlineData(64 << 20, false, false)]
    [InlineData(3_000, false, false)]
    [InlineData(6_000, true, false)]
    [InlineData(3_000, false, true)]
    public async Task Whenever_the_power_goes_what_was_acknowledged_is_there_once(long segmentBytes, bool isSealed, bool isLetGo)
    {
        _isLetGo = isLetGo;
        using var keys = new TemporaryFolder();
        if (isSealed) _seal = await StateSeal.OpenAsync(keys.File("seal.json"), KeyMaterial.Parse("a passphrase of the test", "the test"), TimeProvider.System, Cancellation);
        var (facts, snapshots) = await RunAsync(segmentBytes);
        var random = new Random(1);
        var (most, least, leftovers) = (0L, long.MaxValue, 0);
        for (var calls = 0; calls <= _disk.Count; calls++)
        {
            for (var luck = 0; luck < Lucks; luck++)
            {
                using var left = new TemporaryFolder();
                _disk.Crash(calls, random, left.Path);
                var (fact, snapshot, letGo) = _acknowledged.Where(known => known.Calls <= calls).Select(known => (known.Fact, known.Snapshot, known.LetGo)).LastOrDefault();
                var gone = LetGo(left.Path);
                leftovers += Leftovers(left.Path).Length;

                var recovered = await FactsAsync(left.Path);
                // What no snapshot covers is never gone, and what was let go of does not come back, neither as facts nor as files.
                Assert.InRange(gone, letGo, _covered.LastOrDefault(known => known.Calls <= calls).Fact);
                Assert.Empty(recovered.Count == 0 ? [] : Leftovers(left.Path));
                var count = (int)gone + recovered.Count;
                Assert.Equal(Enumerable.Range((int)gone + 1, recovered.Count).Select(n => (long)n), recovered);
                Assert.InRange(count, fact, facts);
                // It goes on from there, and what it writes then is as durable.
                await AppendAsync(left.Path, count + 1);
                Assert.Equal(count + 1, gone + (await FactsAsync(left.Path)).Count);
                Assert.Equal(count + 1, new JournalInspection(left.Path).Verify(Account, Cancellation).Facts);

                var content = await new SnapshotFile().ReadAsync(left.File("account.snapshot"), Cancellation);
                Assert.InRange(content is null ? 0 : int.Parse(Encoding.ASCII.GetString(content), CultureInfo.InvariantCulture), snapshot, snapshots);
                (most, least) = (Math.Max(most, count - fact), Math.Min(least, count - fact));
            }
        }

        // Both kinds of luck were met: an append that nobody was told of is sometimes there, and sometimes not.
        Assert.Equal((0, true), (least, most > 0));
        Assert.True(_disk.MostLines > 3, "no appends shared a write");
        Assert.Equal((isLetGo, segmentBytes < facts * 1_000), (_acknowledged[^1].LetGo > facts / 2, leftovers > 0));
    }

    private async Task<(long Facts, int Snapshots)> RunAsync(long segmentBytes)
    {
        using var journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SegmentBytes = segmentBytes, RetentionDays = _isLetGo ? 1 : 0, Seal = _seal, Encrypt = _seal is not null }, logger: null, _disk, new LaterClock());
        var snapshots = new SnapshotFile(_disk);
        var (fact, snapshot) = (0L, 0);
        for (var turn = 1; turn <= Turns; turn++)
        {
            var count = 1 + (turn % 3);
            // Several at a time share writes, each of which has more sectors than one.
            var underWay = new List<Task>();
            for (var append = 0; append < (turn % 4 == 0 ? Together : 1); append++, fact += count)
                underWay.Add(journal.AppendAsync(Account, Batches.Fills(fact + 1, count), Cancellation).AsTask());
            await Task.WhenAll(underWay);
            _acknowledged.Add((_disk.Count, fact, snapshot, LetGo(_folder.Path)));
            if (turn % 5 != 0) continue;
            _covered.Add((_disk.Count, fact - 3));
            await journal.ArchiveAsync(Account, fact - 3);
            await snapshots.WriteAsync(_folder.File("account.snapshot"), Encoding.ASCII.GetBytes((snapshot + 1).ToString(CultureInfo.InvariantCulture)), Cancellation);
            _acknowledged.Add((_disk.Count, fact, ++snapshot, LetGo(_folder.Path)));
        }

        return (fact, snapshot);
    }

    private static long LetGo(string folder) => File.Exists(Path.Combine(folder, Account + ".journal.base")) ? new JournalInspection(folder).LetGo(Account) : 0;

    /// <summary>Files of the archive that nobody needs: unfinished ones, and those before the first segment that is kept.</summary>
    private static string[] Leftovers(string folder)
    {
        var archive = Path.Combine(folder, "archive");
        if (!Directory.Exists(archive)) return [];
        var gone = LetGo(folder);
        string[] all = [.. Directory.GetFiles(archive).Order(StringComparer.Ordinal)];
        return [.. all.Where(file => file.EndsWith(".tmp", StringComparison.Ordinal) || (gone > 0 && LastFactOf(file) <= gone))];
    }

    /// <summary>The number of the last fact of an archived segment.</summary>
    private static long LastFactOf(string file)
    {
        using var lines = new StreamReader(PackedSegment.Open(File.OpenRead(file), file));
        var last = lines.ReadToEnd().TrimEnd('\n').Split('\n')[^1].Split(' ')[2];
        return long.Parse(last[(last.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
    }

    private async Task<List<long>> FactsAsync(string folder)
    {
        using var journal = new FileJournal(new JournalOptions { Folder = folder, SyncToDisk = false, Seal = _seal, Encrypt = _seal is not null });
        var facts = new List<long>();
        await foreach (var batch in journal.ReadAsync(Account, 1, Cancellation))
            for (var sequence = batch.FirstSequence; sequence <= batch.LastSequence; sequence++)
                facts.Add(sequence);
        return facts;
    }

    private async Task AppendAsync(string folder, long sequence)
    {
        using var journal = new FileJournal(new JournalOptions { Folder = folder, SyncToDisk = false, Seal = _seal, Encrypt = _seal is not null });
        await journal.AppendAsync(Account, Batches.Fills(sequence, 1), Cancellation);
    }
}
