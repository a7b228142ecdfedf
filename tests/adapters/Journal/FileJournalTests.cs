using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

public sealed class FileJournalTests : JournalContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileJournal _journal;

    public FileJournalTests() => _journal = new(Options(sync: false));

    protected override IJournal Journal => _journal;

    private string FilePath => _folder.File(Account + ".journal");

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_appended_is_there_after_a_restart()
    {
        await WriteAsync(Batches.Fills(1, 2), Batches.Fills(3, 1));
        using var restarted = new FileJournal(Options());

        await restarted.AppendAsync(Account, Batches.Fills(4, 1), Cancellation);

        Assert.Equal(
            [Batches.Fills(1, 2), Batches.Fills(3, 1), Batches.Fills(4, 1)],
            await restarted.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation),
            Batches.AreEqual);
    }

    [Fact]
    public async Task The_latest_facts_of_a_long_journal_are_read_from_near_them()
    {
        const int Batched = 9_000;
        for (var first = 1; first <= Batched; first++) await _journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        _journal.Dispose();
        Assert.True(new FileInfo(FilePath).Length > 3 << 20, "too short to have places in between");

        // What comes before them was found sound when the file was opened and is not looked at again.
        using var restarted = new FileJournal(Options(sync: false));
        Assert.Equal(Batched, await restarted.ReadAsync(Account, 1, Cancellation).CountAsync(Cancellation));
        var bytes = await File.ReadAllBytesAsync(FilePath, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(FilePath, bytes, Cancellation);
        for (var from = Batched - 10; from <= Batched; from++)
        {
            var read = await restarted.ReadAsync(Account, from, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(Enumerable.Range(from, Batched - from + 1).Select(first => Batches.Fills(first, 1)), read, Batches.AreEqual);
        }

        await Assert.ThrowsAsync<CorruptStateException>(async () => await restarted.ReadAsync(Account, 1, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_line_holds_only_what_is_set()
    {
        await WriteAsync(Batches.Fills(1, 1));

        Assert.Equal(
            """{"FirstSequence":1,"StepTime":"2024-01-01T01:00:00Z","Phase":"Decided","Equity":{"Latest":10001,"Peak":10001,"MaxDrawdown":0.125},"Marks":[{"Close":100.5,"Equity":{"Latest":10002,"Peak":10003,"MaxDrawdown":0.25}}],"Facts":[{"Kind":"Filled","Time":"2024-01-01T01:00:00Z","Symbol":"BTCUSDT","OrderId":1,"TradeId":10,"Quantity":0.5,"Price":42000.25,"Fee":21}]}""",
            (await File.ReadAllLinesAsync(FilePath, Cancellation))[1][(18 + "1-1 ".Length + 33)..]);
    }

    [Fact]
    public async Task A_last_write_cut_short_at_any_byte_is_cut_off_and_the_account_goes_on()
    {
        await WriteAsync(Batches.Fills(1, 2), Batches.Fills(3, 1));
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(FilePath, whole[..length], Cancellation);
            BeginHead();
            var log = new WarningLog<FileJournal>();
            using var restarted = new FileJournal(Options(sync: false), log);

            var sequences = await restarted.ReadAsync(Account, 0, Cancellation).Select(batch => batch.LastSequence).ToListAsync(Cancellation);
            var sound = whole.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (length >= lastLine) Assert.Equal([2L], sequences);
            Assert.Equal(sound, new FileInfo(FilePath).Length);
            Assert.Equal(length > sound ? 1 : 0, log.Warnings.Count);
            if (length > sound)
            {
                Assert.Contains($"ended in {Counted.Of(length - sound, "byte")} of an unfinished write", log.Warnings[0], StringComparison.Ordinal);
                Assert.Equal(whole[sound..length], await File.ReadAllBytesAsync(FilePath + ".torn", Cancellation));
            }

            var next = sequences.Count == 0 ? 1 : sequences[^1] + 1;
            await restarted.AppendAsync(Account, Batches.Fills(next, 2), Cancellation);
            Assert.Equal(next + 1, (await restarted.ReadAsync(Account, next, Cancellation).SingleAsync(Cancellation)).LastSequence);
        }
    }

    [Fact]
    public async Task A_sector_lost_in_the_middle_of_what_nobody_was_told_of_is_cut_off_with_what_follows_and_kept()
    {
        for (var first = 1; first <= 4; first++) await _journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        _journal.Dispose();
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        var cut = (await File.ReadAllLinesAsync(FilePath, Cancellation))[..2].Sum(line => line.Length + 1);
        var damaged = whole.ToArray();
        damaged.AsSpan(cut, 100).Clear();
        await File.WriteAllBytesAsync(FilePath, damaged, Cancellation);
        // While the head says that they were acknowledged, it is damage.
        using (var refusing = new FileJournal(Options(sync: false)))
            await Assert.ThrowsAsync<CorruptStateException>(async () => await refusing.ReadAsync(Account, 0, Cancellation).CountAsync(Cancellation));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(FilePath, Cancellation));

        BeginHead();
        using var restarted = new FileJournal(Options(sync: false));
        Assert.Equal(1, await restarted.ReadAsync(Account, 0, Cancellation).CountAsync(Cancellation));
        Assert.Equal(damaged[cut..], await File.ReadAllBytesAsync(FilePath + ".torn", Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    public async Task A_last_write_whose_bytes_never_arrived_is_cut_off(int zeros)
    {
        await WriteAsync(Batches.Fills(1, 2));
        await File.AppendAllBytesAsync(FilePath, new byte[zeros], Cancellation);
        using var restarted = new FileJournal(Options());

        await restarted.AppendAsync(Account, Batches.Fills(3, 1), Cancellation);

        Assert.Equal(2, await restarted.ReadAsync(Account, 0, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_changed_byte_anywhere_before_the_last_write_stops_the_account_and_changes_nothing()
    {
        await WriteAsync(Batches.Fills(1, 1), Batches.Fills(2, 1));
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (var at = 0; at < lastLine; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            await File.WriteAllBytesAsync(FilePath, damaged, Cancellation);
            using var restarted = new FileJournal(Options(sync: false));

            var refusal = await Assert.ThrowsAsync<CorruptStateException>(async () => await restarted.AppendAsync(Account, Batches.Fills(3, 1), Cancellation));

            Assert.Contains(FilePath, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(FilePath, Cancellation));
        }
    }

    [Fact]
    public async Task Damage_is_told_with_its_position()
    {
        await WriteAsync(Batches.Fills(1, 1), Batches.Fills(2, 1));
        var lines = await File.ReadAllLinesAsync(FilePath, Cancellation);
        await File.WriteAllTextAsync(FilePath, $"{lines[0]}\n{lines[2]}\n", Cancellation);
        using var restarted = new FileJournal(Options());

        var refusal = await Assert.ThrowsAsync<CorruptStateException>(async () => await restarted.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation));

        Assert.Equal($"The journal {FilePath} is damaged at byte {lines[0].Length + 1}: facts 2 to 2 where 1 must follow; nothing was changed, restore it from a backup.", refusal.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_journal_of_this_account_is_left_alone()
    {
        await WriteAsync(Batches.Fills(1, 1));
        File.Move(FilePath, _folder.File("other.journal"));
        _folder.Write("notes.journal", "remember the milk");
        using var restarted = new FileJournal(Options());

        foreach (var account in new[] { "other", "notes" })
            await Assert.ThrowsAsync<CorruptStateException>(async () => await restarted.AppendAsync(account, Batches.Fills(2, 1), Cancellation));
        Assert.Equal("remember the milk", await File.ReadAllTextAsync(_folder.File("notes.journal"), Cancellation));
    }

    [Theory]
    [InlineData("write", 0)]
    [InlineData("write", 40)]
    [InlineData("flush", 0)]
    public async Task After_a_failed_write_nothing_is_taken_until_the_account_is_read_again(string step, int bytesThatArrive)
    {
        var file = default(FailingFile);
        using var journal = new FileJournal(Options(sync: true), logger: null, new FailingDisk(opened => file = opened));
        await journal.AppendAsync(Account, Batches.Fills(1, 2), Cancellation);
        file!.FailAt(step, bytesThatArrive);

        var failure = await Assert.ThrowsAsync<StateFolderException>(async () => await journal.AppendAsync(Account, Batches.Fills(3, 1), Cancellation));
        file.FailAt("", 0);
        var later = await Assert.ThrowsAsync<StateFolderException>(async () => await journal.AppendAsync(Account, Batches.Fills(3, 1), Cancellation));
        var read = await journal.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation);
        await journal.AppendAsync(Account, Batches.Fills(3, 4), Cancellation);

        Assert.Equal($"{Account}.journal cannot be written in the state folder {_folder.Path}: No space left on device; make the folder writable, free space there, or set another one.", failure.Message);
        Assert.Contains("takes nothing until it is read again", later.Message, StringComparison.Ordinal);
        Assert.Equal([2L], read.Select(batch => batch.LastSequence));
        Assert.Equal([2L, 6L], await journal.ReadAsync(Account, 0, Cancellation).Select(batch => batch.LastSequence).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_batch_is_flushed_before_it_is_acknowledged()
    {
        var file = default(FailingFile);
        using var journal = new FileJournal(Options(sync: true), logger: null, new FailingDisk(opened => file = opened));

        await journal.AppendAsync(Account, Batches.Fills(1, 2), Cancellation);
        await journal.AppendAsync(Account, Batches.Fills(3, 1), Cancellation);

        Assert.Equal("write flush write flush", string.Join(' ', file!.Calls));
    }

    [Fact]
    public async Task Batches_that_come_while_one_is_written_share_a_flush_and_keep_their_order()
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var file = default(FailingFile);
        using var journal = new FileJournal(Options(sync: true), logger: null, new FailingDisk(opened => file = opened));
        await journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        file!.WaitAtFlush(begun, goOn);
        var first = Task.Run(async () => await journal.AppendAsync(Account, Batches.Fills(2, 1), Cancellation), Cancellation);
        begun.Wait(Cancellation);

        Task[] others = [.. Enumerable.Range(3, 50).Select(n => journal.AppendAsync(Account, Batches.Fills(n, 1), Cancellation).AsTask())];
        var outOfOrder = journal.AppendAsync(Account, Batches.Fills(99, 1), Cancellation).AsTask();
        Assert.All(others, append => Assert.False(append.IsCompleted));
        goOn.Set();
        await Task.WhenAll([first, .. others]);

        await Assert.ThrowsAsync<JournalConflictException>(() => outOfOrder);
        Assert.Equal("write flush write flush write flush", string.Join(' ', file.Calls));
        Assert.Equal(Enumerable.Range(1, 52).Select(n => (long)n), await journal.ReadAsync(Account, 1, Cancellation).Select(batch => batch.LastSequence).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_second_user_of_the_folder_is_told_so()
    {
        await WriteAsync(Batches.Fills(1, 1), dispose: false);
        using var second = new FileJournal(Options());

        var refusal = await Assert.ThrowsAsync<StateFolderException>(async () => await second.AppendAsync(Account, Batches.Fills(2, 1), Cancellation));
        _journal.Dispose();
        await second.AppendAsync(Account, Batches.Fills(2, 1), Cancellation);

        Assert.Equal($"Another process uses the state folder {_folder.Path}; stop it, or set another folder.", refusal.Message);
    }

    [Theory]
    [InlineData("plain-file/journal")]
    [InlineData("/proc/journal")]
    public void A_folder_that_cannot_be_written_is_told_in_one_sentence(string folder)
    {
        _folder.Write("plain-file", "");
        using var journal = new FileJournal(new() { Folder = Path.Combine(_folder.Path, folder) });

        Assert.EndsWith("; create it, or set another one.", Assert.Throws<StateFolderException>(journal.TakeFolder).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../paper")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("p\u00E4per")]
    [InlineData(".lock")]
    public async Task A_name_that_could_leave_the_folder_is_no_account(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _journal.AppendAsync(name, Batches.Fills(1, 1), Cancellation));

    private async Task WriteAsync(JournalBatch batch, bool dispose = true)
    {
        await _journal.AppendAsync(Account, batch, Cancellation);
        if (dispose) _journal.Dispose();
    }

    private async Task WriteAsync(JournalBatch first, JournalBatch second)
    {
        await WriteAsync(first, dispose: false);
        await WriteAsync(second);
    }

    /// <summary>Nothing that the head was told since it was made need have reached the disk.</summary>
    private void BeginHead()
    {
        File.Delete(FilePath + ".head");
        using var head = new JournalHead(FilePath + ".head", Disk.Real, new JournalKeys(_folder.File("journal.key")));
        head.Begin(default, syncToDisk: false);
    }

    private JournalOptions Options(bool sync = true) => new() { Folder = _folder.Path, SyncToDisk = sync };

    private sealed class FailingDisk(Action<FailingFile> opened) : Disk
    {
        public override AppendFile Open(string path)
        {
            if (path.EndsWith(".head", StringComparison.Ordinal)) return base.Open(path);
            var file = new FailingFile(path);
            opened(file);
            return file;
        }
    }

    private sealed class FailingFile(string path) : AppendFile(path)
    {
        private string _step = "";
        private int _bytesThatArrive;

        public List<string> Calls { get; } = [];

        private ManualResetEventSlim? _begun;
        private ManualResetEventSlim? _goOn;

        public void WaitAtFlush(ManualResetEventSlim begun, ManualResetEventSlim goOn) => (_begun, _goOn) = (begun, goOn);

        public void FailAt(string step, int bytesThatArrive) => (_step, _bytesThatArrive) = (step, bytesThatArrive);

        public override void Write(ReadOnlySpan<byte> bytes, long position)
        {
            Calls.Add("write");
            var fails = string.Equals(_step, "write", StringComparison.Ordinal);
            base.Write(fails ? bytes[.._bytesThatArrive] : bytes, position);
            if (fails) throw new IOException("No space left on device");
        }

        public override void Flush()
        {
            Calls.Add("flush");
            _begun?.Set();
            _goOn?.Wait(TestContext.Current.CancellationToken);
            if (string.Equals(_step, "flush", StringComparison.Ordinal)) throw new IOException("No space left on device");
            base.Flush();
        }
    }
}
