using System.Text;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Tests.Storage;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog<SnapshotFile> _log = new();
    private readonly SnapshotFile _snapshots;

    public SnapshotFileTests() => _snapshots = new(_log);

    private string FilePath => _folder.File("grains/account.snapshot");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("one\ntwo\n")]
    public async Task What_was_written_is_read(string text)
    {
        await WriteAsync("before");
        await WriteAsync(text);

        Assert.Equal(text, await ReadAsync());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task What_was_never_written_is_null() => Assert.Null(await ReadAsync());

    [Fact]
    public async Task A_latest_version_damaged_or_cut_at_any_byte_gives_the_previous_one()
    {
        await WriteAsync("first");
        await WriteAsync("second");
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);

        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(FilePath, damaged, Cancellation);
            Assert.Equal("first", await ReadAsync());
            await File.WriteAllBytesAsync(FilePath, whole[..at], Cancellation);
            Assert.Equal("first", await ReadAsync());
        }

        Assert.Equal($"The snapshot {FilePath} is damaged; its previous version is used", _log.Warnings[0]);
    }

    [Fact]
    public async Task A_crash_between_the_renames_leaves_the_acknowledged_version()
    {
        await WriteAsync("first");
        File.Move(FilePath, FilePath + ".bak");
        await File.WriteAllTextAsync(FilePath + ".tmp", "half of the sec", Cancellation);

        Assert.Equal("first", await ReadAsync());
        await WriteAsync("second");
        Assert.Equal("second", await ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_every_version_is_damaged_nothing_is_guessed(bool hasPrevious)
    {
        await WriteAsync("first");
        if (hasPrevious) await WriteAsync("second");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(FilePath)!)) await File.WriteAllTextAsync(file, "noise", Cancellation);

        var refusal = await Assert.ThrowsAsync<CorruptStateException>(async () => await ReadAsync());

        Assert.StartsWith($"The snapshot {FilePath} is damaged and there is no good previous version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_snapshot_does_not_come_back()
    {
        await WriteAsync("first");
        await WriteAsync("second");

        _snapshots.Delete(FilePath);
        _snapshots.Delete(FilePath);

        Assert.Null(await ReadAsync());
    }

    [Theory]
    [InlineData("plain-file/x.snapshot")]
    [InlineData("/proc/x.snapshot")]
    public async Task A_folder_that_cannot_be_written_is_told_in_one_sentence(string path)
    {
        _folder.Write("plain-file", "");

        var refusal = await Assert.ThrowsAsync<StateFolderException>(async () =>
            await _snapshots.WriteAsync(Path.Combine(_folder.Path, path), "x"u8.ToArray(), Cancellation));

        Assert.StartsWith("x.snapshot cannot be written in the state folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checksum_is_the_published_one() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    private async Task WriteAsync(string text) => await _snapshots.WriteAsync(FilePath, Encoding.UTF8.GetBytes(text), Cancellation);

    private async Task<string?> ReadAsync() => await _snapshots.ReadAsync(FilePath, Cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
