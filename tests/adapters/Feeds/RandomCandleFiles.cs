using System.Globalization;
using System.IO.Compression;
using System.Text;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

/// <summary>A folder of short candle files, sound and otherwise, in which anything may happen.</summary>
internal sealed class RandomCandleFiles : IDisposable
{
    private const int HoursEach = 30;
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;
    private int _writes;

    public RandomCandleFiles(Random random)
    {
        _random = random;
        for (var i = 0; i < 8; i++) WriteOne();
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>Whole, from, to, or both; one symbol or all.</summary>
    public ReplayOptions Options() => new(Path, Interval.OneHour)
    {
        Symbols = _random.Next(3) == 0 ? ["BTCUSDT"] : [],
        From = _random.Next(3) > 0 ? Moment() : null,
        To = _random.Next(3) == 0 ? Moment() : null,
        BadRows = _random.Next(4) == 0 ? BadRowPolicy.Stop : BadRowPolicy.Skip,
    };

    public void Change()
    {
        var files = Directory.GetFiles(Path);
        if (files.Length == 0 || _random.Next(4) == 0)
        {
            WriteOne();
            return;
        }

        var file = files[_random.Next(files.Length)];
        var (bytes, written) = (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        switch (_random.Next(6))
        {
            case 0:
                File.Delete(file);
                break;
            case 1:
                // In place, of the same length and time; the samples cover all of so short a file.
                bytes[_random.Next(bytes.Length)] = (byte)('0' + _random.Next(10));
                Write(file, bytes, written);
                break;
            case 2:
                Write(file, bytes[.._random.Next(bytes.Length + 1)], Later());
                break;
            case 3:
                Write(file, [.. bytes, .. Encoding.UTF8.GetBytes(Row(_random.Next(HoursEach * 6)))], Later());
                break;
            case 4:
                Write(files[_random.Next(files.Length)], bytes, written);
                break;
            default:
                Write(file, bytes, Later());
                break;
        }
    }

    private void WriteOne()
    {
        var part = _random.Next(5);
        var name = $"{(_random.Next(2) == 0 ? "BTCUSDT" : "ETHUSDT")}-1h-2024-01-{part + 1:00}.csv";
        var hours = Enumerable.Range(part * HoursEach, HoursEach + (_random.Next(12) == 0 ? 2 : 0)).Where(_ => _random.Next(40) > 0).ToList();
        if (_random.Next(12) == 0) hours.Add(hours[_random.Next(hours.Count)]);
        // Half an hour more: the bars of this interval overlap.
        var text = string.Concat(hours.Select(hour => Row(hour) + (_random.Next(400) == 0 ? Row(hour + 0.5) : "")));
        if (_random.Next(12) == 0) text += "no candle\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_random.Next(4) > 0) Write(_folder.File(name), bytes, Later());
        else Write(_folder.File(name + ".gz"), Packed(bytes), Later());
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private string Row(double hour)
    {
        var price = Math.Round(100 + _random.NextDouble(), _random.Next(40) == 0 ? 4 : 2);
        return string.Create(CultureInfo.InvariantCulture, $"{new DateTimeOffset(Start.AddHours(hour)).ToUnixTimeMilliseconds()},{price},{price + 1},{price - 1},{price},10\n");
    }

    /// <summary>Often where a file begins or ends.</summary>
    private DateTime Moment() => _random.Next(2) == 0
        ? Start.AddHours((_random.Next(6) * HoursEach) + _random.Next(-1, 2))
        : Start.AddHours(_random.Next(-5, (HoursEach * 5) + 5) + (_random.Next(4) * 0.25));

    /// <summary>Long ago, and now and then not yet.</summary>
    private DateTime? Later() => _random.Next(6) == 0 ? null : Start.AddTicks(++_writes);

    private static void Write(string file, byte[] bytes, DateTime? written)
    {
        File.WriteAllBytes(file, bytes);
        if (written is { } time) File.SetLastWriteTimeUtc(file, time);
    }
}
