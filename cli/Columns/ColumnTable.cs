using System.Globalization;
using System.IO.Compression;
using System.Text;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Cli.Columns;

/// <summary>Columns over bars as CSV: open time in milliseconds, then every figure with all its digits, empty where there is none.</summary>
internal sealed class ColumnTable(IReadOnlyList<ColumnSource> sources)
{
    private const int BarsBetweenLooks = 256;

    public int Columns { get; } = sources.Sum(source => source.Names.Count);

    /// <exception cref="OutputException">The file cannot be written; what was there is still there.</exception>
    public void Write(string path, IReadOnlyList<Candle> candles, Action<double> progress, CancellationToken cancellation) =>
        OutputFile.Replace(path, file => WriteTo(file, isPacked: path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase), candles, progress, cancellation));

    private void WriteTo(FileStream file, bool isPacked, IReadOnlyList<Candle> candles, Action<double> progress, CancellationToken cancellation)
    {
        using var packed = isPacked ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
        using var writer = new StreamWriter((Stream?)packed ?? file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', sources.SelectMany(source => source.Names).Prepend("open_time")));
        var values = new double[Columns];
        for (var i = 0; i < candles.Count; i++)
        {
            if (i % BarsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress((double)i / candles.Count);
            }

            var candle = candles[i];
            Fill(in candle, values);
            WriteRow(writer, in candle, values);
        }
    }

    private void Fill(in Candle candle, Span<double> values)
    {
        foreach (var source in sources)
        {
            source.Next(in candle, values[..source.Names.Count]);
            values = values[source.Names.Count..];
        }
    }

    private static void WriteRow(StreamWriter writer, in Candle candle, ReadOnlySpan<double> values)
    {
        Span<char> text = stackalloc char[32];
        Append(writer, (candle.OpenTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond, text);
        foreach (var value in values)
        {
            writer.Write(',');

            // Zero added makes a plain zero of a negative one.
            if (!double.IsNaN(value)) Append(writer, value + 0.0, text);
        }

        writer.WriteLine();
    }

    private static void Append<T>(StreamWriter writer, T value, Span<char> text)
        where T : ISpanFormattable
    {
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }
}
