using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// The candles of a symbol that open in one month, in <c>BTCUSDT-1h-2023-03.csv.gz</c>. The file is replaced as a whole, never has fewer
/// candles than before, and is there only when it is complete and on the disk.
/// </summary>
internal sealed class CandleMonthFile(string folder, string symbol, Interval interval, DateTime month, Disk disk)
{
    /// <summary>What an unfinished file ends with.</summary>
    public const string Unfinished = ".csv.gz.tmp";

    private const int FlushAt = 60 * 1024;
    private const int LongestRow = 256;

    public string Path { get; } = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{symbol}-{interval}-{month:yyyy-MM}.csv.gz"));

    /// <summary>Adds candles to those that are there; of an open time that it has already, the file's stays.</summary>
    /// <param name="candles">In any order.</param>
    /// <exception cref="CandleFileException">What is there cannot be used; it is left as it is.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Add(IEnumerable<Candle> candles)
    {
        // What is there comes first and so goes before what is new.
        List<Candle> all = [.. File.Exists(Path) ? CandleFile.Read(Path).Candles : [], .. candles];
        if (all.Count == 0) return;
        var ordered = CandleOrder.Ensure(all, out _, out _);
        var fresh = System.IO.Path.ChangeExtension(Path, extension: null) + Unfinished[".csv".Length..];
        using (var file = disk.Create(fresh, isPrivate: false))
        {
            using var packed = Pack(ordered);
            file.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length), 0);
            file.Flush();
        }

        // What readers will find is what is meant, or it does not take the name.
        if (!CandleFile.Read(fresh, BadRowPolicy.Stop).Candles.AsSpan().SequenceEqual(ordered)) throw new IOException($"{System.IO.Path.GetFileName(fresh)} does not read back as it was written");
        disk.Move(fresh, Path);
        disk.SyncFolderOf(Path);
    }

    private static MemoryStream Pack(ReadOnlySpan<Candle> candles)
    {
        var packed = new MemoryStream();
        var rows = ArrayPool<byte>.Shared.Rent(FlushAt + LongestRow);
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var length = Put("open_time,open,high,low,close,volume\n"u8, rows, 0);
            foreach (ref readonly var candle in candles)
            {
                Utf8Formatter.TryFormat((candle.OpenTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond, rows.AsSpan(length), out var digits);
                length += digits;
                ReadOnlySpan<double> values = [candle.Open, candle.High, candle.Low, candle.Close, candle.Volume];
                foreach (var value in values)
                {
                    rows[length++] = (byte)',';
                    length += Put(value, rows.AsSpan(length));
                }

                rows[length++] = (byte)'\n';
                if (length < FlushAt) continue;
                gzip.Write(rows, 0, length);
                length = 0;
            }

            gzip.Write(rows, 0, length);
        }

        ArrayPool<byte>.Shared.Return(rows);
        return packed;
    }

    private static int Put(ReadOnlySpan<byte> text, byte[] rows, int at)
    {
        text.CopyTo(rows.AsSpan(at));
        return text.Length;
    }

    /// <summary>The shortest digits that read as the same number, without an exponent where that is possible.</summary>
    private static int Put(double value, Span<byte> to)
    {
        value.TryFormat(to, out var length, "R", CultureInfo.InvariantCulture);
        if (to[..length].IndexOf((byte)'E') < 0) return length;
        var text = Encoding.ASCII.GetString(to[..length]);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)) return length;
        var plain = exact.ToString(CultureInfo.InvariantCulture);
        if (double.Parse(plain, CultureInfo.InvariantCulture) != value) return length;
        return Encoding.ASCII.GetBytes(plain, to);
    }
}
