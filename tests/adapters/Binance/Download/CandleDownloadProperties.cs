using System.Globalization;
using System.IO.Compression;
using System.Text;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Download;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>Whatever goes wrong, whatever is there already and whenever a download is killed: in the end the files have what the exchange has, to the bit.</summary>
public sealed class CandleDownloadProperties
{
    private const string Symbol = "BTCUSDT";
    private const double Speed = 50;
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 12, 34, 56, TimeSpan.Zero);
    private static readonly string[] Intervals = ["1s", "1m", "15m", "1h", "4h", "1d", "1w"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task In_the_end_the_files_have_what_the_exchange_has(int seed)
    {
        var random = new Random(seed);
        var time = new ScaledTimeProvider(TimeProvider.System, Now, Speed);
        await using var exchange = await PastExchange.StartAsync(time);
        var interval = Interval.Parse(Intervals[seed % Intervals.Length]);
        var (from, to) = RangeOf(interval, random);
        // It may have been listed later, and has been traded without some of its bars.
        var listed = random.Next(3) == 0 ? from + ((to - from) * random.NextDouble() * 0.5) : from - (interval.Length * 100);
        Candle[] truth = [.. WithGaps(PastBars.Make(interval, listed, Min(to + (interval.Length * 100), Now.UtcDateTime), seed), random)];
        exchange.Add(Symbol, interval, truth);
        exchange.ArchivedUntil = Now.UtcDateTime.AddDays(-random.Next(0, 12));
        exchange.Faults = (target, count) => FaultOf(target, count, seed);
        var wanted = truth.Where(bar => bar.OpenTime >= from && interval.CloseOf(bar.OpenTime) <= to && interval.CloseOf(bar.OpenTime) <= Now.UtcDateTime).ToArray();

        using var folder = new TemporaryFolder();
        var there = WriteSome(folder, interval, truth.Where(bar => interval.CloseOf(bar.OpenTime) <= Now.UtcDateTime).ToArray(), random);
        Candle[] expected = [.. wanted.Union(PastBars.In(folder.Path, Symbol, interval)).OrderBy(bar => bar.OpenTime)];
        var options = new DownloadOptions { Source = random.Next(3) == 0 ? DownloadSource.Rest : DownloadSource.Both, ArchivesAtOnce = 1 + random.Next(2) };
        for (var kill = 0; kill < 6; kill++)
        {
            var disk = new KillingDisk(random.Next(14));
            var before = PastBars.In(folder.Path, Symbol, interval);
            try
            {
                await RunAsync(disk);
            }
            catch (KilledException)
            {
                // The next one goes on.
            }

            // What was there is there, what is new is true, and no file is there by half.
            var after = PastBars.In(folder.Path, Symbol, interval);
            Assert.Empty(before.Except(after));
            Assert.Empty(after.Except(expected));
        }

        var report = await RunAsync(Disk.Real);
        Assert.Null(report.Problem);
        Assert.False(report.IsIncomplete);
        Assert.Equal(expected, PastBars.In(folder.Path, Symbol, interval));
        Assert.Equal(wanted.Length, report.Bars);
        var count = wanted.Length == 0 ? 0 : (interval.CloseOf(wanted[^1].OpenTime) - wanted[0].OpenTime).Ticks / interval.Length.Ticks;
        var tail = wanted.Length == 0 ? 0 : (report.To - interval.CloseOf(wanted[^1].OpenTime)).Ticks / interval.Length.Ticks;
        Assert.Equal(count + tail - wanted.Length, report.Missing);
        Assert.Empty(CandleDownload.Unfinished(folder.Path));
        Assert.All(there, file => Assert.Equal(file.Bytes, File.ReadAllBytes(file.Path)));

        // All of it is there, and a second run knows it.
        var asked = exchange.Asked.Count;
        var again = await RunAsync(Disk.Real);
        Assert.Equal((report.Bars, report.Missing, 0, 0), (again.Bars, again.Missing, again.FromArchive, again.FromRest));
        if (to < Now.UtcDateTime.AddDays(-2)) Assert.Equal(asked, exchange.Asked.Count);

        async Task<DownloadReport> RunAsync(Disk disk)
        {
            var binance = new BinanceOptions { RestUrl = exchange.Address, ArchiveUrl = exchange.Address, TimeoutSeconds = 3_600 };
            using var download = new CandleDownload(binance, options, folder.Path, _ => { }, time, disk);
            return await download.RunAsync(Symbol, interval, from, to, _ => { }, Cancellation);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 28)];

    [Fact]
    public async Task Whenever_the_power_goes_no_file_is_there_by_half_and_the_next_download_ends_with_all()
    {
        var time = new ScaledTimeProvider(TimeProvider.System, Now, Speed);
        await using var exchange = await PastExchange.StartAsync(time);
        var (from, to) = (new DateTime(2024, 12, 20, 0, 0, 0, DateTimeKind.Utc), new DateTime(2025, 2, 10, 0, 0, 0, DateTimeKind.Utc));
        Candle[] truth = [.. PastBars.Make(Interval.OneHour, from, to, seed: 5).Where((_, i) => i is < 300 or > 305)];
        exchange.Add(Symbol, Interval.OneHour, truth);
        // The last month in two parts, so that one that is there is replaced.
        exchange.ArchivedUntil = to.AddDays(-4);
        using var folder = new TemporaryFolder();
        var disk = new RecordedDisk();
        await RunAsync(folder.Path, disk);
        Assert.Equal(truth, PastBars.In(folder.Path, Symbol, Interval.OneHour));

        var random = new Random(11);
        for (var calls = 1; calls <= disk.Count; calls++)
        {
            using var left = new TemporaryFolder();
            disk.Crash(calls, random, left.Path);
            Assert.Empty(PastBars.In(left.Path, Symbol, Interval.OneHour).Except(truth));
            var report = await RunAsync(left.Path, Disk.Real);
            Assert.False(report.IsIncomplete);
            Assert.Equal(truth, PastBars.In(left.Path, Symbol, Interval.OneHour));
        }

        async Task<DownloadReport> RunAsync(string path, Disk disk)
        {
            var binance = new BinanceOptions { RestUrl = exchange.Address, ArchiveUrl = exchange.Address, TimeoutSeconds = 3_600 };
            using var download = new CandleDownload(binance, new DownloadOptions { ArchivesAtOnce = 1 }, path, _ => { }, time, disk);
            return await download.RunAsync(Symbol, Interval.OneHour, from, to, _ => { }, Cancellation);
        }
    }

    private static (DateTime From, DateTime To) RangeOf(Interval interval, Random random)
    {
        // Over the turn of the year at which the archive changes its unit where that is not too long, up to now or to long ago.
        var to = random.Next(2) == 0 ? Now.UtcDateTime + (interval.Length * random.Next(3)) : new DateTime(2025, 1, 3, 5, 0, 0, DateTimeKind.Utc);
        var longest = interval.Length * 2_500;
        var length = longest < TimeSpan.FromDays(100) ? longest : TimeSpan.FromDays(100);
        return (to - (length * (0.1 + random.NextDouble())), to);
    }

    private static DateTime Min(DateTime one, DateTime other) => one < other ? one : other;

    private static IEnumerable<Candle> WithGaps(IEnumerable<Candle> bars, Random random)
    {
        var gap = 0;
        foreach (var bar in bars)
        {
            if (gap == 0 && random.Next(400) == 0) gap = random.Next(1, 60);
            if (gap > 0) gap--;
            else yield return bar;
        }
    }

    /// <summary>Of a target some requests fail, and some files of the archive always do; by REST the third attempt succeeds.</summary>
    private static PastFault FaultOf(string target, int count, int seed)
    {
        var isRest = target.StartsWith("/api/", StringComparison.Ordinal);
        var file = target.Replace(".CHECKSUM", "", StringComparison.Ordinal);
        var random = new Random(seed + (int)(Crc32C.Of(Encoding.ASCII.GetBytes(isRest ? target : file)) & 0xFFFFFF));
        if (isRest) return count < random.Next(-2, 3) ? (PastFault)random.Next((int)PastFault.Dropped, (int)PastFault.Missing) : PastFault.None;
        var fault = random.Next(3) > 0 ? PastFault.None : (PastFault)random.Next((int)PastFault.Dropped, (int)PastFault.TooLong + 1);
        var isLasting = fault >= PastFault.WithHeader || random.Next(3) == 0;
        return isLasting || count < 1 ? fault : PastFault.None;
    }

    /// <summary>What the user has already, in files of any kind; those that the download does not extend are given back.</summary>
    private static List<(string Path, byte[] Bytes)> WriteSome(TemporaryFolder folder, Interval interval, Candle[] bars, Random random)
    {
        var kept = new List<(string, byte[])>();
        if (bars.Length < 20) return kept;
        var start = random.Next(bars.Length / 2);
        var some = bars.AsSpan(start, random.Next(1, bars.Length - start)).ToArray().Where(_ => random.Next(50) > 0).ToList();
        if (some.Count == 0) return kept;
        switch (random.Next(4))
        {
            case 0:
                Keep(folder.Write($"{Symbol}-{interval}.csv", "open_time,open,high,low,close,volume\n" + string.Join('\n', some.Select(Plain)) + "\n"));
                break;
            case 1:
                // Files of the archive, unpacked.
                foreach (var month in some.GroupBy(bar => bar.OpenTime.ToString("yyyy-MM", CultureInfo.InvariantCulture), StringComparer.Ordinal))
                    Keep(folder.Write($"{Symbol}-{interval}-{month.Key}.csv", string.Join('\n', month.Select(bar => PastExchange.Row(bar, interval)))));
                break;
            case 2:
                // A month of an earlier download, which is extended.
                var first = some[0].OpenTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
                using (var file = File.Create(folder.File($"{Symbol}-{interval}-{first}.csv.gz")))
                using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
                    gzip.Write(Encoding.ASCII.GetBytes(string.Join('\n', some.Where(bar => string.Equals(bar.OpenTime.ToString("yyyy-MM", CultureInfo.InvariantCulture), first, StringComparison.Ordinal)).Select(Plain))));
                break;
        }

        return kept;

        void Keep(string path) => kept.Add((path, File.ReadAllBytes(path)));
    }

    private static string Plain(Candle bar) => string.Create(CultureInfo.InvariantCulture, $"{(bar.OpenTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R}");
}
