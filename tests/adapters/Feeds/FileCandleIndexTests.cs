using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class FileCandleIndexTests : CandleIndexContract
{
    private readonly TemporaryFolder _state = new();

    protected override int Seeds => 150;

    private string IndexPath => _state.File("candles.index");

    public override void Dispose()
    {
        _state.Dispose();
        base.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("snapshot 1 00000000 5\nhello")]
    [InlineData("{\"Version\":0,\"Folders\":{}}")]
    [InlineData("{\"Version\":1}")]
    [InlineData("null")]
    public async Task One_that_is_damaged_or_of_another_version_is_told_and_built_anew(string content)
    {
        Settle(Folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11));
        await LoadAsync(options => options);
        if (content is ['{', ..] or "null") await new SnapshotFile().WriteAsync(IndexPath, System.Text.Encoding.UTF8.GetBytes(content), Cancellation);
        else await File.WriteAllTextAsync(IndexPath, content, Cancellation);

        var first = await LoadAsync(options => options);
        var second = await LoadAsync(options => options);

        Assert.Equal($"The index of candle files is not used at this start, which takes longer and changes nothing else: {IndexPath} is damaged, or of another version of this program; it is built anew.", first.IndexNote);
        Assert.Null(second.IndexNote);
        Assert.Equal((2, 2), (first.BarCount, second.BarCount));
        Assert.Equal("BTCUSDT-1h.csv", Assert.Single(await Open().ReadAsync(Folder.Path, Cancellation)).Name);
    }

    [Fact]
    public async Task A_folder_that_takes_no_index_stops_nothing()
    {
        Settle(Folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11));
        Directory.CreateDirectory(IndexPath + ".tmp");

        var feed = await LoadAsync(options => options);

        Assert.Contains("cannot be written in the state folder", feed.IndexNote, StringComparison.Ordinal);
        Assert.Equal(2, feed.BarCount);
    }

    protected override ICandleIndex Open() => new FileCandleIndex(IndexPath, syncToDisk: false);

    protected override Task DamageAsync(Random random)
    {
        if (!File.Exists(IndexPath)) return Task.CompletedTask;
        var bytes = File.ReadAllBytes(IndexPath);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return File.WriteAllBytesAsync(IndexPath, bytes, Cancellation);
    }
}
