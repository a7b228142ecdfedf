using System.Collections.Concurrent;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Download;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>Single things that go wrong with a download, over real sockets.</summary>
public sealed class CandleDownloadTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 12, 30, 0, TimeSpan.Zero);
    private static readonly DateTime From = new(2024, 11, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = new(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Candle[] Bars = [.. PastBars.Make(Interval.OneHour, From, Now.UtcDateTime, seed: 1)];

    private readonly ScaledTimeProvider _time = new(TimeProvider.System, Now, 20);
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private PastExchange _exchange = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _exchange = await PastExchange.StartAsync(_time);
        _exchange.Add(Symbol, Interval.OneHour, Bars);
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Altered", 2, "BTCUSDT: BTCUSDT-1h-2024-12.zip of the archive is not what its checksum says; its bars come by REST instead.")]
    [InlineData("Cut", 4, "BTCUSDT: The transfer of BTCUSDT-1h-2024-12.zip from 127.0.0.1 broke off; its bars come by REST instead.")]
    [InlineData("ServerFailed", 4, "BTCUSDT: The archive at 127.0.0.1 answers with HTTP status 502; its bars come by REST instead.")]
    [InlineData("TooLong", 1, "BTCUSDT: BTCUSDT-1h-2024-12.zip of the archive unpacks to more than the 256000 bytes that its bars can be; its bars come by REST instead.")]
    [InlineData("OtherName", 1, "BTCUSDT: BTCUSDT-1h-2024-12.zip of the archive does not hold BTCUSDT-1h-2024-12.csv alone; its bars come by REST instead.")]
    [InlineData("Missing", 1, null)]
    public async Task What_the_archive_does_not_give_soundly_comes_by_rest(string fault, int times, string? warning)
    {
        const string File = "/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2024-12.zip";
        _exchange.Faults = (target, _) => string.Equals(target, File, StringComparison.Ordinal) || (target.StartsWith(File, StringComparison.Ordinal) && fault is not "ServerFailed") ? Enum.Parse<PastFault>(fault) : PastFault.None;
        var report = await RunAsync();
        Assert.Equal((744, Bars.Count(bar => bar.OpenTime < To), false), (report.FromRest, report.Bars, report.IsIncomplete));
        Assert.Equal(Bars.TakeWhile(bar => bar.OpenTime < To), PastBars.In(_folder.Path, Symbol, Interval.OneHour));
        Assert.Equal(warning, _warnings.SingleOrDefault());
        Assert.Equal(times, _exchange.Asked.Count(target => string.Equals(target, fault is "Missing" ? File + ".CHECKSUM" : File, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("TooMany")]
    [InlineData("Banned")]
    public async Task A_refusal_is_waited_for_as_long_as_it_says_by_archive_and_rest_alike(string fault)
    {
        _exchange.ArchivedUntil = new DateTime(2024, 12, 1, 0, 0, 0, DateTimeKind.Utc);
        _exchange.Faults = (target, count) => count == 0 && (target.EndsWith(".zip", StringComparison.Ordinal) || target.Contains("limit=1000", StringComparison.Ordinal)) ? Enum.Parse<PastFault>(fault) : PastFault.None;
        Assert.False((await RunAsync()).IsIncomplete);
        var refused = _exchange.Times.GroupBy(asked => asked.Target, StringComparer.Ordinal).Where(times => times.Count() > 1 && !times.Key.EndsWith(".CHECKSUM", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, refused.Count);
        Assert.All(refused, times => Assert.InRange((times.ElementAt(1).At - times.First().At).TotalSeconds, 7, double.MaxValue));
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public async Task No_more_files_are_fetched_at_once_than_was_said()
    {
        var held = new TaskCompletionSource();
        _exchange.Holding = (0, held.Task);
        var run = RunAsync();
        // All three months are wanted, and two are under way.
        while (_exchange.MostAtOnce < 2) await Task.Delay(TimeSpan.FromMilliseconds(100), _time, Cancellation);
        held.SetResult();
        Assert.False((await run).IsIncomplete);
        Assert.Equal(2, _exchange.MostAtOnce);
    }

    [Fact]
    public async Task The_archive_alone_says_what_it_has_not_yet_and_asks_again_for_that_only()
    {
        _exchange.ArchivedUntil = new DateTime(2025, 1, 20, 0, 0, 0, DateTimeKind.Utc);
        var report = await RunAsync(source: DownloadSource.Archive);
        var gap = Assert.Single(report.Gaps);
        Assert.Equal((new Stretch(_exchange.ArchivedUntil, To), 12 * 24L, false), (gap.Time, gap.Bars, gap.IsConfirmed));
        Assert.True(report.IsIncomplete);
        Assert.DoesNotContain(_exchange.Asked, target => target.StartsWith("/api", StringComparison.Ordinal));

        var asked = _exchange.Asked.Count;
        _exchange.ArchivedUntil = DateTime.MaxValue;
        Assert.Equal(12 * 24, (await RunAsync(source: DownloadSource.Archive)).FromArchive);
        Assert.Equal(
            ["/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2025-01.zip.CHECKSUM", "/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2025-01.zip"],
            _exchange.Asked.Skip(asked).ToArray());
    }

    [Fact]
    public async Task A_full_disk_is_told_in_a_sentence_loses_nothing_and_the_next_download_goes_on()
    {
        await RunAsync(to: From.AddDays(10));
        var report = await RunAsync(disk: new FullDisk(), atOnce: 1);
        Assert.Equal($"BTCUSDT-1h-2024-11.csv.gz cannot be written in {_folder.Path}: No space left on device; free space there or make it writable, and run it again: what was written is kept.", report.Problem);
        Assert.Equal(Bars[..240], PastBars.In(_folder.Path, Symbol, Interval.OneHour));
        Assert.False((await RunAsync()).IsIncomplete);
    }

    [Fact]
    public async Task What_has_come_is_kept_when_a_download_is_ended()
    {
        using var end = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(atOnce: 1, progress: _ => end.Cancel(), end: end));
        Assert.Equal(Bars[..720], PastBars.In(_folder.Path, Symbol, Interval.OneHour));
        var asked = _exchange.Asked.Count;
        var report = await RunAsync();
        Assert.Equal(720, report.Before);
        Assert.DoesNotContain(_exchange.Asked.Skip(asked), target => target.Contains("2024-11", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bars_that_the_exchange_does_not_have_are_asked_for_once()
    {
        _exchange.Add(Symbol, Interval.OneHour, Bars.Where((_, i) => i is < 100 or > 109));
        var report = await RunAsync(from: From.AddYears(-3));
        var gap = Assert.Single(report.Gaps);
        Assert.Equal((10, true, From), (gap.Bars, gap.IsConfirmed, report.First));
        var asked = _exchange.Asked.Count;
        Assert.Equal(report with { Before = report.Bars, FromArchive = 0, FromRest = 0, Gaps = [] }, await RunAsync(from: From.AddYears(-3)) with { Gaps = [] });
        Assert.Equal(asked, _exchange.Asked.Count);
    }

    [Fact]
    public async Task One_download_at_a_time_works_in_a_folder()
    {
        using var other = CandleDownload.TakeTurn(_folder.Path);
        var refused = await Assert.ThrowsAsync<DownloadException>(() => RunAsync());
        Assert.StartsWith($"Candle files in {_folder.Path} cannot be changed: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Production", null, true)]
    [InlineData("https://api1.binance.com", "Production", null, true)]
    [InlineData("https://data-api.binance.vision", "Production", null, true)]
    [InlineData("https://testnet.binance.vision", "Production", null, false)]
    [InlineData("http://127.0.0.1:7070", "Production", null, false)]
    [InlineData("http://127.0.0.1:7070", "Production", "http://127.0.0.1:7071", true)]
    [InlineData(null, "Testnet", null, false)]
    public void Bars_of_the_archive_are_not_mixed_with_those_of_another_exchange(string? rest, string place, string? archive, bool isOfIt)
    {
        var options = new BinanceOptions { Place = Enum.Parse<BinancePlace>(place), RestUrl = rest is null ? null : new Uri(rest), ArchiveUrl = archive is null ? null : new Uri(archive) };
        Assert.Equal(isOfIt, options.HasArchive);
    }

    private async Task<DownloadReport> RunAsync(
        DownloadSource source = DownloadSource.Both, DateTime? from = null, DateTime? to = null, Disk? disk = null, int atOnce = 2, Action<double>? progress = null, CancellationTokenSource? end = null)
    {
        var binance = new BinanceOptions { RestUrl = _exchange.Address, ArchiveUrl = _exchange.Address, TimeoutSeconds = 3_600 };
        using var download = new CandleDownload(binance, new DownloadOptions { Source = source, ArchivesAtOnce = atOnce }, _folder.Path, _warnings.Enqueue, _time, disk ?? Disk.Real);
        return await download.RunAsync(Symbol, Interval.OneHour, from ?? From, to ?? To, progress ?? (_ => { }), end?.Token ?? Cancellation);
    }

    private sealed class FullDisk : Disk
    {
        public override AppendFile Create(string path, bool isPrivate)
        {
            base.Create(path, isPrivate).Dispose();
            throw new IOException("No space left on device.");
        }
    }
}
