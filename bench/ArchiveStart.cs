using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Bench;

/// <summary>
/// How long a replay of the last month takes to load from an archive of monthly files with one-minute bars, in a folder of its own in the
/// current one, and what it reads for it: without an index, with one that is empty, and with one that knows the files.
/// </summary>
internal static class ArchiveStart
{
    private const int Symbols = 5;
    private static readonly DateTime LongAgo = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="connection">Of a server that has an index as well; null where there is none.</param>
    public static async Task<int> RunAsync(int months, string? connection = null)
    {
        var folder = Directory.CreateDirectory("archive-start").FullName;
        try
        {
            var archive = Directory.CreateDirectory(Path.Combine(folder, "archive")).FullName;
            var from = Write(archive, months);
            var bytes = Directory.GetFiles(archive).Sum(file => new FileInfo(file).Length);
            Say($"{Symbols} symbols of {months} months, {Directory.GetFiles(archive).Length} files, {bytes / 1e6:0} MB; played from {from:yyyy-MM-dd}");
            Say($"{"",-28}{"s",8}{"MB read",10}{"MB made",10}");
            var options = new ReplayOptions(archive, Interval.OneMinute) { From = from };
            await TellAsync("without an index", () => Task.FromResult(ReplayFeed.Load(options)));
            var plain = await TellAsync("the same again", () => Task.FromResult(ReplayFeed.Load(options)));
            var isSame = await TellAsync("file", new FileCandleIndex(Path.Combine(folder, "candles.index")), options, plain);
            if (connection is not null)
            {
                await using var server = new PostgresServer(connection);
                await SchemaMigration.ApplyAsync(server);
                isSame &= await TellAsync("PostgreSQL", new PostgresCandleIndex(server), options, plain);
            }

            if (!isSame) Say($"MISSED: the feeds are not the same");
            return isSame ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> TellAsync(string name, ICandleIndex index, ReplayOptions options, string plain)
    {
        var first = await TellAsync(name + ", empty", () => ReplayFeed.LoadAsync(options, index, TimeProvider.System));
        var next = await TellAsync(name + ", knows the files", () => ReplayFeed.LoadAsync(options, index, TimeProvider.System));
        return string.Equals(first, plain, StringComparison.Ordinal) && string.Equals(next, plain, StringComparison.Ordinal);
    }

    /// <returns>What the feed is.</returns>
    private static async Task<string> TellAsync(string name, Func<Task<ReplayFeed>> load)
    {
        GC.Collect();
        var (read, made, start) = (BytesRead(), GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var feed = await load();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Say($"{name,-28}{seconds,8:0.00}{(BytesRead() - read) / 1e6,10:0.0}{(GC.GetTotalAllocatedBytes() - made) / 1e6,10:0}");
        if (feed.IndexNote is { } note) Say($"{note}");
        return string.Join('\n', [feed.Description, .. feed.Problems, .. feed.Symbols.Select(rules => rules.ToString()), feed.BarCount.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <returns>When the last month begins, UTC.</returns>
    private static DateTime Write(string archive, int months)
    {
        var last = default(DateTime);
        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            foreach (var month in RandomWalk.Bars(months * 30 * 24 * 60, seed: symbol + 1).GroupBy(bar => new DateTime(bar.OpenTime.Year, bar.OpenTime.Month, 1, 0, 0, 0, DateTimeKind.Utc)))
            {
                var path = Path.Combine(archive, string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + symbol)}COINUSDT-1m-{month.Key:yyyy-MM}.csv"));
                File.WriteAllLines(path, month.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{new DateTimeOffset(bar.OpenTime).ToUnixTimeMilliseconds()},{bar.Open:F2},{bar.High:F2},{bar.Low:F2},{bar.Close:F2},{bar.Volume:F5}")));
                File.SetLastWriteTimeUtc(path, LongAgo);
                last = month.Key;
            }
        }

        return last;
    }

    /// <summary>By this process, from disk or from the system's memory; 0 where the system does not tell.</summary>
    private static long BytesRead() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("rchar: ", StringComparison.Ordinal))["rchar: ".Length..], CultureInfo.InvariantCulture)
        : 0;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
