using System.Globalization;
using System.IO.Compression;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>
/// The bars of a file of the archive: a zip with one CSV of the same name, without a header, in milliseconds before 2025 and in
/// microseconds from then on. Each row is judged by itself; nothing is unpacked to the disk.
/// </summary>
/// <param name="Candles">In order, each once, as they should lie in the file's time.</param>
/// <param name="Problem">What was left out, in a sentence; null when nothing was.</param>
internal sealed record ArchiveFile(IReadOnlyList<Candle> Candles, string? Problem)
{
    /// <exception cref="InvalidDataException">It is no such zip, or unpacks to more than its bars can be.</exception>
    public static ArchiveFile Read(string path, ArchivePeriod period, string symbol, Interval interval)
    {
        var stem = period.StemOf(symbol, interval);
        using var zip = ZipFile.OpenRead(path);
        if (zip.Entries is not [var entry] || !string.Equals(entry.FullName, stem + ".csv", StringComparison.Ordinal))
            throw new InvalidDataException($"{stem}.zip of the archive does not hold {stem}.csv alone.");
        var bars = (period.To - period.From).Ticks / interval.Length.Ticks;
        var most = ArchiveConnection.MostBytes(bars);
        using var content = new BoundedStream(entry.Open(), most, stem);
        using var lines = new LineReader(content);
        var candles = new List<Candle>((int)bars + 1);
        var (dropped, first) = (0, "");
        while (lines.TryRead(out var raw))
        {
            var line = lines.Number == 1 && raw.StartsWith("\uFEFF"u8) ? raw[3..] : raw;
            line = line.TrimEnd((byte)'\r');
            if (line.IsEmpty || (lines.Number == 1 && line.StartsWith("open"u8))) continue;
            var row = CandleRow.Parse(line);
            if ((row.Problem ?? ProblemOf(row.Candle, candles, period, interval)) is not { } problem)
            {
                candles.Add(row.Candle);
                continue;
            }

            if (dropped++ == 0) first = string.Create(CultureInfo.InvariantCulture, $"line {lines.Number}: {problem}");
        }

        return new ArchiveFile(candles, dropped switch
        {
            0 => null,
            1 => $"{stem} of the archive, {first}; the row is left out.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{stem} of the archive, {first}; it and {Counted.Of(dropped - 1, "more row", "more rows")} are left out."),
        });
    }

    private static string? ProblemOf(in Candle candle, List<Candle> before, ArchivePeriod period, Interval interval)
    {
        var open = candle.OpenTime;
        if (interval.StartOf(open) != open) return $"{Text(open)} is no beginning of a bar of {interval}";
        // A week may be counted to the month in which it begins or ends.
        if (open + interval.Length <= period.From || open >= period.To) return $"{Text(open)} lies outside of the file's time";
        if (before.Count > 0 && open <= before[^1].OpenTime) return $"{Text(open)} stands after {Text(before[^1].OpenTime)}";
        return null;
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    /// <summary>Ends a reading that goes on for too long, whatever the zip says of its length.</summary>
    private sealed class BoundedStream(Stream inner, long most, string stem) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _read += read;
            return _read <= most ? read : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{stem}.zip of the archive unpacks to more than the {most} bytes that its bars can be."));
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
