using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// Reads candles from CSV, plain or gzip: with the header <c>open_time,open,high,low,close,volume</c>, or Binance's archive form
/// without one. Times are milliseconds or microseconds since 1970, UTC; further columns are ignored.
/// </summary>
public static class CandleFile
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <param name="maxProblems">How many skipped rows are described; the others are only counted.</param>
    /// <exception cref="CandleFileException">There is nothing to read, or a bad row and <paramref name="badRows"/> says stop.</exception>
    public static CandleFileContent Read(string path, BadRowPolicy badRows = BadRowPolicy.Skip, int maxProblems = 20)
    {
        var name = Path.GetFileName(path);
        if (Directory.Exists(path)) throw new CandleFileException($"{path} is a folder, not a candle file.");
        if (!File.Exists(path)) throw new CandleFileException($"There is no candle file {path}.");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var isGzip = IsGzip(file, name);
            using var content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var lines = new LineReader(content);
            var read = Read(lines, name, badRows, maxProblems);
            if (isGzip) CheckLength(file, lines.NextPosition, name);
            return read;
        }
        catch (InvalidDataException damaged)
        {
            throw new CandleFileException($"{name} is a damaged or cut off gzip file ({damaged.Message.TrimEnd('.')}).", damaged);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new CandleFileException($"{name} cannot be read: {failed.Message}", failed);
        }
    }

    /// <summary>True when it has no row, at most a header; false also for what cannot be read, which reading it tells.</summary>
    public static bool IsEmpty(string path)
    {
        try
        {
            var name = Path.GetFileName(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length == 0) return true;
            using var content = IsGzip(file, name) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var lines = new LineReader(content);
            while (lines.TryRead(out var raw))
            {
                var line = Trim(raw, isFirst: lines.Number == 1);
                if (!line.IsEmpty && !(lines.Number == 1 && IsHeader(line, name))) return false;
            }

            return true;
        }
        catch (Exception unusable) when (unusable is CandleFileException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsGzip(FileStream file, string name)
    {
        if (file.Length == 0) throw new CandleFileException($"{name} is empty.");
        Span<byte> start = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(GzipMagic);
        if (!isGzip && name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new CandleFileException($"{name} is not gzip, though its name says so.");
        file.Position = 0;
        return isGzip;
    }

    // The runtime takes the end of a cut off gzip file for the end of its content; the last four bytes tell the length that was meant.
    private static void CheckLength(FileStream file, long length, string name)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)length)
            throw new CandleFileException($"{name} is a cut off gzip file, or one of several parts; pack it again.");
    }

    private static CandleFileContent Read(LineReader lines, string name, BadRowPolicy badRows, int maxProblems)
    {
        var candles = new List<Candle>(1024);
        var problems = ImmutableArray.CreateBuilder<string>();
        var (skipped, decimals) = (0, 0);
        while (lines.TryRead(out var raw))
        {
            var line = Trim(raw, isFirst: lines.Number == 1);
            if (line.IsEmpty || (lines.Number == 1 && IsHeader(line, name))) continue;
            var row = CandleRow.Parse(line);
            if (row.Problem is null)
            {
                candles.Add(row.Candle);
                decimals = Math.Max(decimals, row.PriceDecimals);
                continue;
            }

            var problem = $"{name}, line {lines.Number}: {row.Problem}";
            if (badRows == BadRowPolicy.Stop) throw new CandleFileException(problem + ".");
            skipped++;
            if (problems.Count < maxProblems) problems.Add(problem + "; row skipped");
        }

        if (candles.Count == 0)
            throw new CandleFileException(problems.Count > 0 ? $"{name} holds no usable row: {problems[0]}." : $"{name} holds no rows.");
        var ordered = CandleOrder.Ensure(candles, out var duplicates, out var unordered);
        return new(name, ordered, decimals, skipped, duplicates, unordered, problems.ToImmutable());
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line, bool isFirst)
    {
        if (isFirst && line.StartsWith("\uFEFF"u8)) line = line["\uFEFF"u8.Length..];
        return line.TrimEnd((byte)'\r');
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, string name)
    {
        if (char.IsAsciiDigit((char)line[0]) || line[0] is (byte)'-' or (byte)',') return false;
        ReadOnlySpan<string> columns = ["open_time", "open", "high", "low", "close", "volume"];
        var text = System.Text.Encoding.UTF8.GetString(line);
        var found = text.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < columns.Length; i++)
        {
            if (i >= found.Length || !string.Equals(found[i], columns[i], StringComparison.OrdinalIgnoreCase))
                throw new CandleFileException($"{name}, line 1: a header begins with {string.Join(',', columns)}, not with {Shorten(text)}.");
        }

        return true;
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
