using System.Globalization;
using System.IO.Compression;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests;

/// <summary>Real candles and reference values, where they lie beside the checkout; a test that needs them is skipped where they do not.</summary>
internal static class TestData
{
    public static IReadOnlyList<Candle> Candles(string symbol, string interval) =>
        [.. Rows($"klines/{symbol}-{interval}.csv.gz").Skip(1).Select(row => new Candle(
            DateTime.UnixEpoch.AddMilliseconds(long.Parse(row[0], CultureInfo.InvariantCulture)),
            Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])))];

    /// <summary>A column of TA-Lib's values; NaN where it gives none.</summary>
    public static double[] Reference(string column)
    {
        var rows = Rows("reference/talib-BTCUSDT-1h.csv.gz");
        var index = Array.IndexOf(rows[0], column);
        Assert.True(index >= 0, $"the reference has no column {column}");
        return [.. rows.Skip(1).Select(row => row[index].Length == 0 ? double.NaN : Number(row[index]))];
    }

    public static string[] ReferenceColumns() => Rows("reference/talib-BTCUSDT-1h.csv.gz")[0];

    private static List<string[]> Rows(string name)
    {
        var path = PathOf(name);
        Assert.SkipWhen(path is null, $"shared/data/{name} is not beside the checkout");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line) rows.Add(line.Split(','));
        return rows;
    }

    private static string? PathOf(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
