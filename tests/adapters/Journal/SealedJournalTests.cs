using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>Journals that are sealed, and keys that are changed while they are written.</summary>
public sealed partial class SealedJournalTests : IDisposable
{
    private const string Account = "paper";

    private readonly TemporaryFolder _folder = new();
    private readonly KeyMaterial _owner = KeyMaterial.Parse(Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(n => (byte)n)]), "the test");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SealPath => _folder.File("seal.json");

    private string FilePath => _folder.File(Account + ".journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sealed_journal_tells_nothing_without_its_key_and_everything_with_it()
    {
        await WriteAsync(1, 30, await SealAsync());
        foreach (var file in Directory.GetFiles(_folder.Path, Account + ".journal*"))
            Assert.DoesNotContain("BTCUSDT", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
        Assert.Equal(30, (await ReadAsync(await SealAsync())).Count);
        // Whether it is whole is seen without the key; what it says is not.
        Assert.Equal(30, new JournalInspection(_folder.Path).Verify(Account, Cancellation).Facts);
        await Assert.ThrowsAsync<SecretException>(() => ReadAsync(seal: null));
    }

    [Fact]
    public async Task Any_altered_byte_of_a_sealed_journal_is_found()
    {
        await WriteAsync(1, 6, await SealAsync());
        using (var journal = Open(await SealAsync())) await journal.ArchiveAsync(Account, 3);
        var inspection = new JournalInspection(_folder.Path);
        foreach (var file in Directory.GetFiles(_folder.Path, Account + ".journal*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".head", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            for (var at = 0; at < bytes.Length; at++)
            {
                var altered = bytes.ToArray();
                altered[at] ^= (byte)(1 << (at % 8));
                await File.WriteAllBytesAsync(file, altered, Cancellation);
                Assert.True(Record.Exception(() => inspection.Verify(Account, Cancellation)) is OperatorException, $"byte {at} of {file}");
            }

            await File.WriteAllBytesAsync(file, bytes, Cancellation);
        }
    }

    [Fact]
    public async Task Another_key_says_so_and_changes_nothing()
    {
        await WriteAsync(1, 3, await SealAsync());
        var before = Contents();
        var other = KeyMaterial.Parse(Convert.ToBase64String(new byte[32]), "the test");
        Assert.Contains("it is another one than that with which it was sealed; nothing was changed", (await Assert.ThrowsAsync<SecretException>(() => StateSeal.OpenAsync(SealPath, other, TimeProvider.System, Cancellation))).Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task A_plain_journal_goes_on_sealed_and_a_sealed_one_plain_each_in_a_new_segment()
    {
        await WriteAsync(1, 3, seal: null);
        await WriteAsync(4, 3, await SealAsync());
        await WriteAsync(7, 3, await SealAsync(), encrypts: false);
        Assert.Equal(Enumerable.Range(1, 9).Select(n => Batches.Fills(n, 1)), await ReadAsync(await SealAsync()), Batches.AreEqual);
        Assert.Equal(3, new JournalInspection(_folder.Path).Verify(Account, Cancellation).Segments);
    }

    [Fact]
    public async Task A_line_that_is_written_anew_after_a_crash_uses_neither_key_nor_nonce_again()
    {
        var seal = await SealAsync();
        var salts = new HashSet<string>(StringComparer.Ordinal);
        await WriteAsync(1, 1, seal);
        var start = await File.ReadAllBytesAsync(FilePath, Cancellation);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await WriteAsync(2, 2, seal);
            foreach (var line in (await File.ReadAllLinesAsync(FilePath, Cancellation))[2..]) Assert.True(salts.Add(line.Split(' ')[4][..32]), "salt and count were used before");
            // The power goes: the two lines are lost, and what replaces them says something else.
            await File.WriteAllBytesAsync(FilePath, start, Cancellation);
            File.Delete(FilePath + ".head");
            using var head = new JournalHead(FilePath + ".head", Disk.Real, new JournalKeys(_folder.File("journal.key")));
            head.Write(0, UInt128.Zero);
        }

        Assert.Equal(10, salts.Count);
    }

    [Fact]
    public async Task A_master_key_that_is_changed_seals_what_comes_after_and_the_owner_changes_theirs_without_touching_either()
    {
        await WriteAsync(1, 3, await SealAsync());
        var next = await StateSeal.RotateAsync(SealPath, _owner, TimeProvider.System, Cancellation);
        Assert.Matches("^2-[0-9a-f]{8}$", next.CurrentId);
        await WriteAsync(4, 3, next);
        var other = KeyMaterial.Parse("another passphrase of the owner", "the test");
        await new SecretStore(SealPath, TimeProvider.System).RotateAsync(_owner, other, Cancellation);
        Assert.Equal(6, (await ReadAsync(await StateSeal.OpenAsync(SealPath, other, TimeProvider.System, Cancellation))).Count);
        await Assert.ThrowsAsync<SecretException>(SealAsync);
    }

    [Fact]
    public async Task A_master_key_of_an_older_version_which_a_number_names_is_used_on_and_followed_by_the_next()
    {
        await new SecretStore(SealPath, TimeProvider.System).SetAsync("master.1", Convert.ToBase64String(new byte[32]), _owner, Cancellation);
        var seal = await SealAsync();
        Assert.Equal("1", seal.CurrentId);
        await WriteAsync(1, 3, seal);
        var next = await StateSeal.RotateAsync(SealPath, _owner, TimeProvider.System, Cancellation);
        Assert.StartsWith("2-", next.CurrentId, StringComparison.Ordinal);
        await WriteAsync(4, 3, next);
        Assert.Equal(6, (await ReadAsync(next)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_is_changed_under_load_loses_nothing(bool encrypts)
    {
        const int Changes = 3;
        var seal = encrypts ? await SealAsync() : null;
        var acknowledged = new List<long>();
        var told = Channel.CreateUnbounded<long>();
        using (var journal = Open(seal, segmentBytes: 64 << 20))
        {
            using var enough = new CancellationTokenSource();
            var next = 0L;
            var writer = Task.Run(async () =>
            {
                var pending = new Queue<(long Sequence, Task Done)>();
                while (!enough.IsCancellationRequested || pending.Count > 0)
                {
                    while (!enough.IsCancellationRequested && pending.Count < 32) pending.Enqueue((++next, journal.AppendAsync(Account, Batches.Fills(next, 1), Cancellation).AsTask()));
                    var (sequence, done) = pending.Dequeue();
                    await done;
                    told.Writer.TryWrite(sequence);
                }

                told.Writer.Complete();
            }, Cancellation);
            for (var change = 1; change <= Changes; change++)
            {
                while (acknowledged.Count < change * 200) acknowledged.Add(await told.Reader.ReadAsync(Cancellation));
                var key = new JournalInspection(_folder.Path).ChangeKey();
                while (!HasHead(key)) acknowledged.Add(await told.Reader.ReadAsync(Cancellation));
            }

            await enough.CancelAsync();
            await writer;
            await foreach (var sequence in told.Reader.ReadAllAsync(Cancellation)) acknowledged.Add(sequence);
        }

        var report = new JournalInspection(_folder.Path).Verify(Account, Cancellation);
        Assert.Equal((acknowledged.Count, Changes + 1), (report.Facts, report.Segments));
        Assert.Equal(Enumerable.Range(1, acknowledged.Count).Select(n => (long)n), (await ReadAsync(seal)).Select(batch => batch.LastSequence));
        Assert.Equal(Changes + 1, Directory.GetFiles(_folder.Path, "journal.key*").Count(file => new FileInfo(file).Length == 32));
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(_folder.Path, "journal.key*")) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_snapshot_that_is_sealed_opens_with_its_key_as_itself_alone()
    {
        var seal = await SealAsync();
        var text = Encoding.UTF8.GetBytes("""{"cash":1}""");
        var content = seal.Close(text, "snapshot a");
        Assert.True(StateSeal.IsSealed(content));
        Assert.NotEqual(content, seal.Close(text, "snapshot a"));
        Assert.Equal(text, seal.Open(content, "snapshot a"));
        Assert.Null(seal.Open(content, "snapshot b"));
        for (var at = 0; at < content.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var altered = content.ToArray();
                altered[at] ^= (byte)(1 << bit);
                // Its head names the key, and may now name one that is not there.
                if (NameIn(altered) is { } name && !string.Equals(name, seal.CurrentId, StringComparison.Ordinal)) Assert.Throws<SecretException>(() => seal.Open(altered, "snapshot a"));
                else Assert.Null(seal.Open(altered, "snapshot a"));
            }
        }
    }

    [Fact]
    public async Task A_snapshot_whose_head_runs_into_what_is_sealed_is_altered_and_no_key_is_missed()
    {
        var seal = await SealAsync();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var content = seal.Close("""{"cash":1}"""u8, "snapshot a");
            content[Array.IndexOf(content, (byte)'\n')] ^= 1;
            Assert.Null(seal.Open(content, "snapshot a"));
        }
    }

    private static string? NameIn(byte[] content) =>
        SealedWith().Match(Encoding.Latin1.GetString(content)) is { Success: true } head ? head.Groups["name"].Value : null;

    [GeneratedRegex(@"\Asealed (?<name>[0-9]{1,9}(-[0-9a-f]{8})?)\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SealedWith();

    /// <summary>The first line names the key; a segment that has just begun may lack it yet.</summary>
    private bool HasHead(string key)
    {
        const int FirstLine = 60;
        if (!File.Exists(FilePath)) return false;
        var content = File.ReadAllBytes(FilePath);
        return Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, FirstLine))).Contains(key, StringComparison.Ordinal);
    }

    private string[] Contents() => [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}")];

    private Task<StateSeal> SealAsync() => StateSeal.OpenAsync(SealPath, _owner, TimeProvider.System, Cancellation);

    private FileJournal Open(StateSeal? seal, bool? encrypts = null, long segmentBytes = 2_048) =>
        new(new JournalOptions { Folder = _folder.Path, SyncToDisk = false, SegmentBytes = segmentBytes, Seal = seal, Encrypt = encrypts ?? seal is not null });

    private async Task WriteAsync(long first, int count, StateSeal? seal, bool? encrypts = null)
    {
        using var journal = Open(seal, encrypts);
        for (var i = 0; i < count; i++) await journal.AppendAsync(Account, Batches.Fills(first + i, 1), Cancellation);
    }

    private async Task<List<JournalBatch>> ReadAsync(StateSeal? seal)
    {
        using var journal = Open(seal);
        return await journal.ReadAsync(Account, 1, Cancellation).ToListAsync(Cancellation);
    }
}
