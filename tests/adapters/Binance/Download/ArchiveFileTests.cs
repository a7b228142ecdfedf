using OrleansTrader.Adapters.Binance.Download;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>Rows as the public archive has them; figures of 2023-10-27 and 2025-01-01 are recorded ones.</summary>
public sealed class ArchiveFileTests : IDisposable
{
    private static readonly ArchivePeriod Day = new(new DateTime(2023, 10, 27, 0, 0, 0, DateTimeKind.Utc), IsMonth: false);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n")]
    public void Rows_of_milliseconds_are_read_with_any_line_end_with_and_without_a_header(string end, string header)
    {
        var file = Read(Day, "1h", header + string.Join(
            end,
            "1698364800000,34151.66000000,34171.28000000,33972.39000000,34015.27000000,908.27901000,1698368399999,30937869.62302600,41459,416.48838000,14187002.70550060,0",
            "1698368400000,34015.27000000,34020.00000000,34000.00000000,34010.00000000,1.00000000,1698371999999,34010.00000000,1,0.00000000,0.00000000,0"));
        Assert.Null(file.Problem);
        Assert.Equal(new Candle(Day.From, 34151.66, 34171.28, 33972.39, 34015.27, 908.27901), file.Candles[0]);
        Assert.Equal((Day.From.AddHours(1), 34015.27), (file.Candles[1].OpenTime, file.Candles[1].Open));
    }

    [Fact]
    public void Rows_of_microseconds_are_known_by_their_size_and_an_empty_second_is_a_bar()
    {
        var from = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var file = ReadOf("DOGEUSDT", new ArchivePeriod(from, IsMonth: false), "1s", string.Join(
            '\n',
            "1735689600000000,0.31600000,0.31600000,0.31600000,0.31600000,27.00000000,1735689600999999,8.53200000,1,0.00000000,0.00000000,0",
            "1735689601000000,0.31600000,0.31610000,0.31600000,0.31610000,5.00000000,1735689601999999,1.58000000,1,0.00000000,0.00000000,0",
            "1735689602000000,0.31610000,0.31610000,0.31610000,0.31610000,0.00000000,1735689602999999,0.00000000,0,0.00000000,0.00000000,0",
            ""));
        Assert.Null(file.Problem);
        Assert.Equal([from, from.AddSeconds(1), from.AddSeconds(2)], file.Candles.Select(bar => bar.OpenTime));
        Assert.Equal((27.0, 0.0, 0.3161), (file.Candles[0].Volume, file.Candles[2].Volume, file.Candles[2].Low));
    }

    [Theory]
    [InlineData("1698364860000,10,12,9,11,5", "line 2: 2023-10-27 00:01:00 is no beginning of a bar of 1h")]
    [InlineData("1698364800000,10,12,9,11,5", "line 2: 2023-10-27 00:00:00 stands after 2023-10-27 00:00:00")]
    [InlineData("1698451200000,10,12,9,11,5", "line 2: 2023-10-28 00:00:00 lies outside of the file's time")]
    [InlineData("1698368400000,10,12,11,11,5", "line 2: open 10 lies outside low 11 to high 12")]
    [InlineData("1698368400000,10,12", "line 2: 3 columns where at least 6 are needed")]
    public void A_row_that_is_no_bar_of_the_file_is_left_out_and_named(string row, string problem)
    {
        var file = Read(Day, "1h", $"1698364800000,10,12,9,11,5\n{row}\n1698372000000,10,12,9,11,5\n");
        Assert.Equal($"BTCUSDT-1h-2023-10-27 of the archive, {problem}; the row is left out.", file.Problem);
        Assert.Equal(2, file.Candles.Count);
    }

    [Fact]
    public void Files_lie_where_the_archive_has_them()
    {
        Assert.Equal("data/spot/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2023-10-27.zip", Day.PathOf("BTCUSDT", Interval.OneHour));
        Assert.Equal("data/spot/monthly/klines/BTCUSDT/1w/BTCUSDT-1w-2023-10.zip", ArchivePeriod.MonthOf(Day.From).PathOf("BTCUSDT", Interval.Parse("7d")));
        Assert.Equal([false, true], new[] { "1w", "1d" }.Select(text => ArchivePeriod.HasDays(Interval.Parse(text))));
    }

    [Fact]
    public void A_week_may_be_in_the_month_in_which_it_ends()
    {
        // Monday 2023-10-30 to Sunday 2023-11-05.
        var row = "1698624000000,10,12,9,11,5\n";
        Assert.Null(Read(new ArchivePeriod(new DateTime(2023, 11, 1, 0, 0, 0, DateTimeKind.Utc), IsMonth: true), "1w", row).Problem);
        Assert.Null(Read(new ArchivePeriod(new DateTime(2023, 10, 1, 0, 0, 0, DateTimeKind.Utc), IsMonth: true), "1w", row).Problem);
    }

    private ArchiveFile Read(ArchivePeriod period, string interval, string text) => ReadOf("BTCUSDT", period, interval, text);

    private ArchiveFile ReadOf(string symbol, ArchivePeriod period, string interval, string text)
    {
        var path = _folder.File("archive.zip");
        File.WriteAllBytes(path, PastExchange.Zip(period.StemOf(symbol, Interval.Parse(interval)) + ".csv", text));
        return ArchiveFile.Read(path, period, symbol, Interval.Parse(interval));
    }
}
