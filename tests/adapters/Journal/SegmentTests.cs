using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>A journal in many segments: closed, archived, let go of.</summary>
public sealed class SegmentTests : IDisposable
{
    private const string Account = "paper";
    private const int Facts = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly JournalInspection _inspection;

    public SegmentTests() => _inspection = new JournalInspection(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => _folder.File(Account + ".journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_journal_of_many_segments_is_read_as_one_and_goes_on_after_a_restart()
    {
        await WriteAsync(1, Facts);
        Assert.InRange(Closed().Length, 10, Facts);
        Assert.All(Closed(), file => Assert.InRange(new FileInfo(file).Length, 2_048, 4_096));
        await WriteAsync(Facts + 1, Facts);
        await AssertWholeAsync(1, 2 * Facts);
        using var journal = Open();
        for (var from = 1; from <= 2 * Facts; from += 7) Assert.Equal((long)from, (await journal.ReadAsync(Account, from, Cancellation).FirstAsync(Cancellation)).FirstSequence);
    }

    [Fact]
    public async Task A_journal_of_one_file_becomes_the_first_segment_as_it_is()
    {
        await WriteAsync(1, 20, segmentBytes: 1 << 20);
        var before = await File.ReadAllBytesAsync(FilePath, Cancellation);
        await WriteAsync(21, 1);
        Assert.Equal(before, await File.ReadAllBytesAsync(Closed().Single(), Cancellation));
        await AssertWholeAsync(1, 21);
    }

    [Fact]
    public async Task Segments_that_a_snapshot_covers_are_compressed_and_read_as_before()
    {
        await WriteAsync(1, Facts);
        var (closed, bytes) = (Closed().Length, Closed().Sum(file => new FileInfo(file).Length));
        using (var journal = Open()) await journal.ArchiveAsync(Account, Facts / 2);
        Assert.InRange(Closed().Length, 1, closed - 1);
        Assert.Equal(closed, Closed().Length + Archived().Length);
        await AssertWholeAsync(1, Facts);
        using (var journal = Open()) await journal.ArchiveAsync(Account, Facts);
        Assert.Empty(Closed());
        Assert.True(Archived().Sum(file => new FileInfo(file).Length) < bytes / 2);
        await AssertWholeAsync(1, Facts);
        await WriteAsync(Facts + 1, 5);
        await AssertWholeAsync(1, Facts + 5);
    }

    [Fact]
    public async Task What_is_old_and_covered_is_let_go_of_and_the_rest_is_still_proven()
    {
        await WriteAsync(1, Facts);
        using (var journal = Open()) await journal.ArchiveAsync(Account, Facts);
        foreach (var file in Archived()[..4]) File.SetLastWriteTimeUtc(file, Batches.Start);
        var kept = Archived()[4..];
        var log = new WarningLog<FileJournal>();
        using (var journal = new FileJournal(Options(retentionDays: 30), log))
        {
            // Two facts a segment: the third is not covered yet.
            await journal.ArchiveAsync(Account, covered: 5);
            Assert.InRange(_inspection.LetGo(Account), 1, 5);
            await journal.ArchiveAsync(Account, Facts);
            Assert.Equal(kept, Archived());
        }

        var letGo = _inspection.LetGo(Account);
        await AssertWholeAsync(letGo + 1, Facts);
        var report = _inspection.Verify(Account, Cancellation);
        Assert.Equal((letGo, (long)Facts, true), (report.LetGo, report.Facts, report.LetGoAt > Batches.Start));
        await WriteAsync(Facts + 1, 10);
        await AssertWholeAsync(letGo + 1, Facts + 10);

        // The record of it cannot be forged, nor lost.
        var record = await File.ReadAllBytesAsync(FilePath + ".base", Cancellation);
        for (var at = 0; at < record.Length; at++)
        {
            var altered = record.ToArray();
            altered[at] ^= 1;
            await File.WriteAllBytesAsync(FilePath + ".base", altered, Cancellation);
            Assert.Throws<CorruptStateException>(() => _inspection.Verify(Account, Cancellation));
        }

        File.Delete(FilePath + ".base");
        Assert.Contains("Segment 1 of the journal", Assert.Throws<CorruptStateException>(() => _inspection.Verify(Account, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_altered_byte_of_any_file_is_found()
    {
        await WriteAsync(1, 12);
        using (var journal = Open()) await journal.ArchiveAsync(Account, 6);
        await AssertAnyAlteredByteIsFoundAsync();
    }

    [Fact]
    public async Task A_segment_that_is_missing_swapped_or_replaced_is_found()
    {
        await WriteAsync(1, Facts);
        using (var journal = Open()) await journal.ArchiveAsync(Account, Facts / 2);
        string[] files = [.. Closed(), .. Archived()];
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            File.Delete(file);
            AssertFound();
            var other = files.First(one => !one.Equals(file, StringComparison.Ordinal) && one.EndsWith(".br", StringComparison.Ordinal) == file.EndsWith(".br", StringComparison.Ordinal));
            File.Copy(other, file);
            AssertFound();
            await File.WriteAllBytesAsync(file, bytes, Cancellation);
            _inspection.Verify(Account, Cancellation);
        }

        // The end of a segment cut off, at a line: the next one tells.
        var lines = await File.ReadAllLinesAsync(Closed()[0], Cancellation);
        await File.WriteAllTextAsync(Closed()[0], string.Join('\n', lines[..^1]) + "\n", Cancellation);
        AssertFound();
        await File.WriteAllTextAsync(Closed()[0], string.Join('\n', lines) + "\n", Cancellation);
        // All that is written now removed: the head tells.
        File.Delete(FilePath);
        AssertFound();
    }

    [Fact]
    public async Task A_page_is_found_by_time_symbol_and_kind_without_reading_what_cannot_have_it()
    {
        await WriteAsync(1, Facts);
        using (var journal = Open()) await journal.ArchiveAsync(Account, Facts / 2);
        using var restarted = Open();
        foreach (var isNewestFirst in (bool[])[true, false])
        {
            var found = new List<long>();
            var query = new JournalQuery { From = Batches.Start.AddHours(11), To = Batches.Start.AddHours(49), Symbol = "BTCUSDT", Limit = 7, IsNewestFirst = isNewestFirst };
            while (true)
            {
                var page = await restarted.FindAsync(Account, query, Cancellation);
                found.AddRange(page.Entries.Select(entry => entry.Sequence));
                if (page.Next is not { } next) break;
                Assert.Equal(7, page.Entries.Length);
                query = query with { After = next };
            }

            var expected = Enumerable.Range(11, 39).Select(n => (long)n);
            Assert.Equal(isNewestFirst ? expected.Reverse() : expected, found);
        }

        Assert.Empty((await restarted.FindAsync(Account, new JournalQuery { Symbol = "NONE" }, Cancellation)).Entries);
        Assert.False(JournalKinds.TryParse("nothing", out _));
        Assert.Equal(Facts, (await restarted.FindAsync(Account, new JournalQuery { Kind = "orders" }, Cancellation)).Entries.Length);
        Assert.Empty((await restarted.FindAsync(Account, new JournalQuery { Kind = "limithit" }, Cancellation)).Entries);

        // Damage in a segment of other times goes unseen, since it is not read.
        var bytes = await File.ReadAllBytesAsync(Archived()[0], Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Archived()[0], bytes, Cancellation);
        Assert.Equal(10, (await restarted.FindAsync(Account, new JournalQuery { From = Batches.Start.AddHours(Facts - 9) }, Cancellation)).Entries.Length);
        await Assert.ThrowsAsync<CorruptStateException>(async () => await restarted.FindAsync(Account, new JournalQuery { To = Batches.Start.AddHours(1) }, Cancellation));
    }

    [Fact]
    public async Task Who_reads_an_old_segment_does_not_hold_up_who_writes_nor_is_disturbed_by_it()
    {
        await WriteAsync(1, Facts);
        using var journal = Open();
        await using var reading = journal.ReadAsync(Account, 1, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reading.MoveNextAsync());
        for (var first = Facts + 1; first <= 2 * Facts; first++) await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        await journal.ArchiveAsync(Account, 2 * Facts);
        var seen = 1L;
        while (await reading.MoveNextAsync()) Assert.Equal(++seen, reading.Current.LastSequence);
        Assert.Equal(Facts, seen);
    }

    internal async Task AssertAnyAlteredByteIsFoundAsync()
    {
        foreach (var file in Directory.GetFiles(_folder.Path, Account + ".journal*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".head", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            for (var at = 0; at < bytes.Length; at++)
            {
                var altered = bytes.ToArray();
                altered[at] ^= (byte)(1 << (at % 8));
                await File.WriteAllBytesAsync(file, altered, Cancellation);
                AssertFound($"byte {at} of {file}");
            }

            await File.WriteAllBytesAsync(file, bytes, Cancellation);
        }

        _inspection.Verify(Account, Cancellation);
    }

    private void AssertFound(string what = "") => Assert.True(Record.Exception(() => _inspection.Verify(Account, Cancellation)) is OperatorException, what);

    private string[] Closed() => [.. Directory.GetFiles(_folder.Path, Account + ".journal.0*").Order(StringComparer.Ordinal)];

    private string[] Archived() => Directory.Exists(_folder.File("archive")) ? [.. Directory.GetFiles(_folder.File("archive"), "*.br").Order(StringComparer.Ordinal)] : [];

    private async Task AssertWholeAsync(long first, long last)
    {
        using (var journal = Open())
        {
            var batches = await journal.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => Batches.Fills(n, 1)), batches, Batches.AreEqual);
        }

        Assert.Equal(last, _inspection.Verify(Account, Cancellation).Facts);
        Assert.Equal(last - first + 1, _inspection.Read(Account, Cancellation).Count());
    }

    private async Task WriteAsync(long first, int count, long segmentBytes = 2_048)
    {
        using var journal = Open(segmentBytes);
        for (var i = 0; i < count; i++) await journal.AppendAsync(Account, Batches.Fills(first + i, 1), Cancellation);
    }

    private FileJournal Open(long segmentBytes = 2_048) => new(Options(segmentBytes));

    private JournalOptions Options(long segmentBytes = 2_048, int retentionDays = 0) => new() { Folder = _folder.Path, SyncToDisk = false, SegmentBytes = segmentBytes, RetentionDays = retentionDays };
}
