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
    private readonly List<(int Calls, long Fact, int Snapshot)> _acknowledged = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <param name="segmentBytes">The small one closes a segment every few turns.</param>
    [Theory]
    [InlineData(64 << 20, false)]
    [InlineData(3_000, false)]
    [InlineData(6_000, true)]
    public async Task Whenever_the_power_goes_what_was_acknowledged_is_there_once(long segmentBytes, bool isSealed)
    {
        using var keys = new TemporaryFolder();
        if (isSealed) _seal = await StateSeal.OpenAsync(keys.File("seal.json"), KeyMaterial.Parse("a passphrase of the test", "the test"), TimeProvider.System, Cancellation);
        var (facts, snapshots) = await RunAsync(segmentBytes);
        var random = new Random(1);
        var (most, least) = (0L, long.MaxValue);
        for (var calls = 0; calls <= _disk.Count; calls++)
        {
            for (var luck = 0; luck < Lucks; luck++)
            {
                using var left = new TemporaryFolder();
                _disk.Crash(calls, random, left.Path);
                var (fact, snapshot) = _acknowledged.Where(known => known.Calls <= calls).Select(known => (known.Fact, known.Snapshot)).LastOrDefault();

                var recovered = await FactsAsync(left.Path);
                Assert.Equal(Enumerable.Range(1, recovered.Count).Select(n => (long)n), recovered);
                Assert.InRange(recovered.Count, fact, facts);
                // It goes on from there, and what it writes then is as durable.
                await AppendAsync(left.Path, recovered.Count + 1);
                Assert.Equal(recovered.Count + 1, (await FactsAsync(left.Path)).Count);
                Assert.Equal(recovered.Count + 1, new JournalInspection(left.Path).Verify(Account, Cancellation).Facts);

                var content = await new SnapshotFile().ReadAsync(left.File("account.snapshot"), Cancellation);
                Assert.InRange(content is null ? 0 : int.Parse(Encoding.ASCII.GetString(content), CultureInfo.InvariantCulture), snapshot, snapshots);
                (most, least) = (Math.Max(most, recovered.Count - fact), Math.Min(least, recovered.Count - fact));
            }
        }

        // Both kinds of luck were met: an append that nobody was told of is sometimes there, and sometimes not.
        Assert.Equal((0, true), (least, most > 0));
        Assert.True(_disk.MostLines > 3, "no appends shared a write");
    }

    private async Task<(long Facts, int Snapshots)> RunAsync(long segmentBytes)
    {
        using var journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SegmentBytes = segmentBytes, Seal = _seal, Encrypt = _seal is not null }, logger: null, _disk);
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
            _acknowledged.Add((_disk.Count, fact, snapshot));
            if (turn % 5 != 0) continue;
            await journal.ArchiveAsync(Account, fact - 3);
            await snapshots.WriteAsync(_folder.File("account.snapshot"), Encoding.ASCII.GetBytes((snapshot + 1).ToString(CultureInfo.InvariantCulture)), Cancellation);
            _acknowledged.Add((_disk.Count, fact, ++snapshot));
        }

        return (fact, snapshot);
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
