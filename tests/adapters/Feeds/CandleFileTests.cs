using System.IO.Compression;
using System.Text;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class CandleFileTests : IDisposable
{
    private const string Header = "open_time,open,high,low,close,volume\n";
    private const string First = "1704067200000,10,12,9,11,100\n";
    private const string Second = "1704070800000,11,13,10,12.25,200\n";
    private static readonly Candle FirstCandle = new(new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), 10, 12, 9, 11, 100);
    private static readonly Candle SecondCandle = new(new(2024, 1, 1, 1, 0, 0, DateTimeKind.Utc), 11, 13, 10, 12.25, 200);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Header + First + Second)]
    [InlineData("OPEN_TIME,Open,High,Low,Close,Volume,extra\n1704067200000,10,12,9,11,100,x\n1704070800000,11,13,10,12.25,200,y\n")]
    [InlineData("open_time,open,high,low,close,volume\r\n1704067200000,10,12,9,11,100\r\n1704070800000,11,13,10,12.25,200")]
    [InlineData("\uFEFF" + Header + First + "\n" + Second + "\n\n")]
    [InlineData(First + Second)]
    [InlineData("1704067200000,10.00000000,12.00000000,9.00000000,11.00000000,100.00000000,1704070799999,1100.0,5,50.0,550.0,0\n1704070800000,11.00000000,13.00000000,10.00000000,12.25000000,200.00000000,1704074399999,2400.0,5,50.0,550.0,0\n")]
    [InlineData("1704067200000000,10,12,9,11,100,1704070799999999,1,1,1,1,0\n1704070800000000,11,13,10,12.25,200,1704074399999999,1,1,1,1,0\n")]
    [InlineData("1704067200000, 10 ,1.2e1,9,11,+100\n1704070800000,11,13,10,12.250000000000000000000,2e2\n")]
    public void Every_dialect_gives_the_same_candles(string text)
    {
        var content = CandleFile.Read(_folder.Write("BTCUSDT-1h.csv", text));

        Assert.Equal([FirstCandle, SecondCandle], content.Candles);
        Assert.All(content.Candles, candle => Assert.Equal(DateTimeKind.Utc, candle.OpenTime.Kind));
        Assert.Equal(2, content.PriceDecimals);
        Assert.Empty(content.Problems);
    }

    [Fact]
    public void Gzip_is_known_by_its_content_not_by_its_name()
    {
        var content = CandleFile.Read(WriteGzip("BTCUSDT-1h.csv", Header + First + Second));

        Assert.Equal([FirstCandle, SecondCandle], content.Candles);
    }

    [Theory]
    [InlineData("1704067200000,10,5.1,6.2,11,100", "high 5.1 is below low 6.2")]
    [InlineData("1704067200000,13,12,9,11,100", "open 13 lies outside low 9 to high 12")]
    [InlineData("1704067200000,10,12,9,8.5,100", "close 8.5 lies outside low 9 to high 12")]
    [InlineData("1704067200000,10,12,9,11,-1", "volume -1 is below zero")]
    [InlineData("1704067200000,10,12,0,11,1", "low 0 is not above zero")]
    [InlineData("1704067200000,NaN,12,9,11,1", "open NaN is not a number")]
    [InlineData("1704067200000,10,1e999,9,11,1", "high Infinity is not a number")]
    [InlineData("1704067200000,10,12,9,11", "5 columns where at least 6 are needed")]
    [InlineData("1704067200000,10,twelve,9,11,1", "high 'twelve' is not a number")]
    [InlineData("1704067200000,10,,9,11,1", "high '' is not a number")]
    [InlineData("1704067200000,\"10\",12,9,11,1", "open '\"10\"' is not a number")]
    [InlineData("1704067200000,1.2.3,12,9,11,1", "open '1.2.3' is not a number")]
    [InlineData("1704067200,10,12,9,11,1", "open time 1704067200 is not a time in milliseconds or microseconds since 1970")]
    [InlineData("2024-01-01,10,12,9,11,1", "open time '2024-01-01' is not a number")]
    public void A_malformed_row_is_skipped_and_told_by_file_and_line(string row, string problem)
    {
        var path = _folder.Write("BTCUSDT-1h.csv", Header + row + "\n" + Second);

        var content = CandleFile.Read(path);
        var stopped = Assert.Throws<CandleFileException>(() => CandleFile.Read(path, BadRowPolicy.Stop));

        Assert.Equal([SecondCandle], content.Candles);
        Assert.Equal([$"BTCUSDT-1h.csv, line 2: {problem}; row skipped"], content.Problems);
        Assert.Equal($"BTCUSDT-1h.csv, line 2: {problem}.", stopped.Message);
    }

    [Fact]
    public void Many_problems_are_counted_and_the_first_ones_told()
    {
        var content = CandleFile.Read(_folder.Write("a.csv", Header + string.Concat(Enumerable.Repeat("x,1,1,1,1,1\n", 50)) + First), maxProblems: 3);

        Assert.Equal(50, content.SkippedRows);
        Assert.Equal(3, content.Problems.Length);
        Assert.StartsWith("a.csv, line 4:", content.Problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_are_dropped_and_disorder_is_sorted()
    {
        var content = CandleFile.Read(_folder.Write("a.csv", Header + Second + First + "1704070800000,50,50,50,50,50\n"));

        Assert.Equal([FirstCandle, SecondCandle], content.Candles);
        Assert.Equal((1, 1), (content.Duplicates, content.Unordered));
    }

    [Theory]
    [InlineData("", "a.csv is empty.")]
    [InlineData(Header, "a.csv holds no rows.")]
    [InlineData(Header + "1,2\n", "a.csv holds no usable row: a.csv, line 2: 2 columns where at least 6 are needed; row skipped.")]
    [InlineData("date,open,high\n", "a.csv, line 1: a header begins with open_time,open,high,low,close,volume, not with date,open,high.")]
    public void A_file_without_candles_is_told_in_one_sentence(string text, string message)
    {
        var path = _folder.Write("a.csv", text);

        Assert.Equal(message, Assert.Throws<CandleFileException>(() => CandleFile.Read(path)).Message);
    }

    [Fact]
    public void What_is_no_file_or_not_gzip_is_told_in_one_sentence()
    {
        var notGzip = _folder.Write("a.csv.gz", Header + First);

        Assert.Equal("a.csv.gz is not gzip, though its name says so.", Assert.Throws<CandleFileException>(() => CandleFile.Read(notGzip)).Message);
        Assert.EndsWith("is a folder, not a candle file.", Assert.Throws<CandleFileException>(() => CandleFile.Read(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no candle file", Assert.Throws<CandleFileException>(() => CandleFile.Read(_folder.File("none.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_cut_off_at_any_byte_is_refused()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{1704067200000 + (i * 3_600_000L)},10.{i},12.{i},9.{i},11.{i},10{i}\n");
        var whole = File.ReadAllBytes(WriteGzip("whole.csv.gz", Header + string.Concat(rows)));

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("cut.csv.gz"), whole[..length]);
            var refused = Record.Exception(() => CandleFile.Read(_folder.File("cut.csv.gz")));
            Assert.True(refused is CandleFileException, $"{length} of {whole.Length} bytes were taken for the whole file.");
        }
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        var content = CandleFile.Read(_folder.Write("a.csv", First.TrimEnd() + "," + new string('x', 500_000) + "\n" + Second));

        Assert.Equal([FirstCandle, SecondCandle], content.Candles);
    }

    [Fact]
    public void The_recorded_hours_of_bitcoin_are_read_whole()
    {
        var content = CandleFile.Read(Path.Combine(RealData.Klines(), "BTCUSDT-1h.csv.gz"));

        Assert.InRange(content.Candles.Length, 23_900, 24_000);
        Assert.Equal(new Candle(new(2021, 4, 4, 20, 0, 0, DateTimeKind.Utc), 57953.86, 58051.25, 57826.16, 58025.11, 1240.209016), content.Candles[0]);
        Assert.Equal((0, 0, 0, 2), (content.SkippedRows, content.Duplicates, content.Unordered, content.PriceDecimals));
    }

    private string WriteGzip(string name, string text)
    {
        using var gzip = new GZipStream(File.Create(_folder.File(name)), CompressionLevel.Optimal);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return _folder.File(name);
    }
}
