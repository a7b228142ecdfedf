using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>An exchange with its archive, as one would have found it at a moment: months and days that are over in zip files, all bars by REST, the last one open.</summary>
internal sealed class PastExchange : IAsyncDisposable
{
    private const string Daily = "/data/spot/daily/klines/";
    private const string Monthly = "/data/spot/monthly/klines/";
    private static readonly DateTime Microseconds = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TestExchange _server;
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Symbol, Interval Interval), Candle[]> _bars = [];
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _underWay;
    private int _sent;

    private PastExchange(TestExchange server, TimeProvider time)
    {
        (_server, _time) = (server, time);
        server.ShowTime(time.GetUtcNow);
        server.On("GET /api/v3/exchangeInfo", """{"timezone":"UTC","serverTime":1,"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],"exchangeFilters":[],"symbols":[]}""");
        server.Otherwise = AnswerAsync;
    }

    public Uri Address => _server.Address;

    /// <summary>Everything that was asked, but for the clock.</summary>
    public IReadOnlyList<string> Asked => [.. _server.All.Select(asked => asked.Target).Where(target => !target.StartsWith("/api/v3/time", StringComparison.Ordinal))];

    /// <summary>When each was asked, by the clock of the exchange.</summary>
    public ConcurrentQueue<(string Target, DateTimeOffset At)> Times { get; } = new();

    /// <summary>The most files of the archive that were sent at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>After so many files of the archive the next ones are sent when that has ended; null for at once.</summary>
    public (int After, Task Until)? Holding { get; set; }

    /// <summary>What goes wrong with the n-th request for a target, 0 for the first; null for nothing.</summary>
    public Func<string, int, PastFault>? Faults { get; set; }

    /// <summary>Months and days that ended after it are not in the archive yet.</summary>
    public DateTime ArchivedUntil { get; set; } = DateTime.MaxValue;

    public static async Task<PastExchange> StartAsync(TimeProvider time) => new(await TestExchange.StartAsync(), time);

    public void Add(string symbol, Interval interval, IEnumerable<Candle> bars) => _bars[(symbol, interval)] = [.. bars];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A row as the archive has it: without a header, in microseconds from 2025 on.</summary>
    public static string Row(in Candle bar, Interval interval)
    {
        var (unit, close) = bar.OpenTime >= Microseconds ? (TimeSpan.TicksPerMicrosecond, interval.CloseOf(bar.OpenTime).AddMicroseconds(-1)) : (TimeSpan.TicksPerMillisecond, interval.CloseOf(bar.OpenTime).AddMilliseconds(-1));
        return string.Create(CultureInfo.InvariantCulture, $"{(bar.OpenTime - DateTime.UnixEpoch).Ticks / unit},{Text(bar.Open)},{Text(bar.High)},{Text(bar.Low)},{Text(bar.Close)},{Text(bar.Volume)},{(close - DateTime.UnixEpoch).Ticks / unit},1.00000000,3,0.50000000,0.50000000,0");
    }

    public static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            // The same bytes whenever it is made.
            var entry = zip.CreateEntry(name);
            entry.LastWriteTime = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var content = entry.Open();
            content.Write(Encoding.ASCII.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Text(double value) => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.00000000", CultureInfo.InvariantCulture);

    private async Task AnswerAsync(Asked asked, HttpContext context)
    {
        Times.Enqueue((asked.Target, _time.GetUtcNow()));
        var fault = Faults?.Invoke(asked.Target, _asked.AddOrUpdate(asked.Target, 0, (_, count) => count + 1)) ?? PastFault.None;
        switch (fault)
        {
            case PastFault.Dropped:
                context.Abort();
                return;
            case PastFault.TooMany or PastFault.Banned:
                context.Response.Headers.RetryAfter = "7";
                context.Response.StatusCode = fault == PastFault.Banned ? StatusCodes.Status418ImATeapot : StatusCodes.Status429TooManyRequests;
                return;
            case PastFault.ServerFailed:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                await context.Response.WriteAsync("<html>");
                return;
            case PastFault.Missing:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        var path = context.Request.Path.Value!;
        if (string.Equals(path, "/api/v3/klines", StringComparison.Ordinal)) await AnswerBarsAsync(asked, context);
        else if (FileOf(path.Replace(".CHECKSUM", "", StringComparison.Ordinal), fault) is not { } zip) context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (path.EndsWith(".CHECKSUM", StringComparison.Ordinal)) await context.Response.WriteAsync($"{Convert.ToHexStringLower(SHA256.HashData(zip))}  {Path.GetFileNameWithoutExtension(path)}");
        else await CountedAsync(() => SendAsync(context, zip, fault));
    }

    private async Task CountedAsync(Func<Task> send)
    {
        lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        try
        {
            if (Interlocked.Increment(ref _sent) > (Holding?.After ?? int.MaxValue)) await Holding!.Value.Until;
            await send();
        }
        finally
        {
            lock (_gate) _underWay--;
        }
    }

    private static async Task SendAsync(HttpContext context, byte[] zip, PastFault fault)
    {
        if (fault == PastFault.Altered) zip[^1] ^= 1;
        context.Response.ContentLength = zip.Length;
        if (fault != PastFault.Cut)
        {
            await context.Response.Body.WriteAsync(zip);
            return;
        }

        await context.Response.Body.WriteAsync(zip.AsMemory(0, zip.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Null when the archive has no such file.</summary>
    private byte[]? FileOf(string path, PastFault fault)
    {
        if (!path.StartsWith(Daily, StringComparison.Ordinal) && !path.StartsWith(Monthly, StringComparison.Ordinal)) return null;
        var parts = path.Split('/');
        var (symbol, interval, stem) = (parts[5], Interval.Parse(parts[6]), Path.GetFileNameWithoutExtension(parts[7]));
        var isMonth = path.StartsWith(Monthly, StringComparison.Ordinal);
        var from = DateTime.ParseExact(stem[$"{symbol}-{parts[6]}-".Length..], isMonth ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var to = isMonth ? from.AddMonths(1) : from.AddDays(1);
        if (to > _time.GetUtcNow().UtcDateTime || to > ArchivedUntil || !_bars.TryGetValue((symbol, interval), out var all)) return null;
        var bars = all.Where(bar => bar.OpenTime >= from && bar.OpenTime < to).ToList();
        if (bars.Count == 0) return null;
        var end = from.Day % 2 == 0 ? "\r\n" : "\n";
        var text = string.Concat(bars.Select(bar => Row(bar, interval) + end));
        return fault switch
        {
            PastFault.NoZip => Encoding.ASCII.GetBytes(text),
            PastFault.OtherName => Zip("other.csv", text),
            PastFault.TooLong => Zip(stem + ".csv", text + new string('0', 50_000_000)),
            PastFault.WithHeader => Zip(stem + ".csv", "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n" + text),
            PastFault.BadRow => Zip(stem + ".csv", text.Replace(end + Row(bars[^1], interval) + end, $"{end}nothing{end}", StringComparison.Ordinal)),
            _ => Zip(stem + ".csv", text),
        };
    }

    private async Task AnswerBarsAsync(Asked asked, HttpContext context)
    {
        if (!_bars.TryGetValue((asked["symbol"], Interval.Parse(asked["interval"])), out var bars))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("""{"code":-1121,"msg":"Invalid symbol."}""");
            return;
        }

        var interval = Interval.Parse(asked["interval"]);
        var (from, now) = (Time(asked["startTime"]), _time.GetUtcNow().UtcDateTime);
        var to = asked.Query.Contains("endTime=", StringComparison.Ordinal) ? Time(asked["endTime"]) : DateTime.MaxValue;
        var found = bars.Where(bar => bar.OpenTime >= from && bar.OpenTime <= to && bar.OpenTime <= now).Take(int.Parse(asked["limit"], CultureInfo.InvariantCulture));
        // Of one that is still open there is less.
        var rows = found.Select(bar => interval.CloseOf(bar.OpenTime) > now ? bar with { High = bar.Open, Low = bar.Open, Close = bar.Open, Volume = 0 } : bar).Select(bar => string.Create(
            CultureInfo.InvariantCulture,
            $"""[{Milliseconds(bar.OpenTime)},"{Text(bar.Open)}","{Text(bar.High)}","{Text(bar.Low)}","{Text(bar.Close)}","{Text(bar.Volume)}",{Milliseconds(interval.CloseOf(bar.OpenTime)) - 1},"1.0",3,"0.5","0.5","0"]"""));
        await context.Response.WriteAsync($"[{string.Join(',', rows)}]");
    }

    private static DateTime Time(string milliseconds) => DateTime.UnixEpoch.AddMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private static long Milliseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}

/// <summary>What can go wrong with a request for past bars.</summary>
internal enum PastFault
{
    None,
    Dropped,
    TooMany,
    Banned,
    ServerFailed,
    Missing,

    /// <summary>The file breaks off.</summary>
    Cut,

    /// <summary>The file is not what its checksum says.</summary>
    Altered,
    WithHeader,

    /// <summary>One row of the file is no bar; its checksum is right, as with all that follow.</summary>
    BadRow,
    NoZip,
    OtherName,

    /// <summary>The file unpacks to far more than its bars can be.</summary>
    TooLong,
}
