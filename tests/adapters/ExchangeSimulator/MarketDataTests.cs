using System.Net;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What everybody may ask, over real sockets, field by field as in the samples of the contract.</summary>
public class MarketDataTests
{
    [Fact]
    public async Task Ping_time_and_the_unit_of_time()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        Assert.Equal("{}", (await visitor.GetAsync("/api/v3/ping")).Json.GetRawText());
        Assert.Equal(1767225600000, (await visitor.GetAsync("/api/v3/time")).Number("serverTime"));
        var micro = await visitor.SendAsync(HttpMethod.Get, "/api/v3/time", headers: ("X-MBX-TIME-UNIT", "MICROSECOND"));
        Assert.Equal(1767225600000_000, micro.Number("serverTime"));
        var wrong = await visitor.SendAsync(HttpMethod.Get, "/api/v3/time", headers: ("X-MBX-TIME-UNIT", "SECOND"));
        Assert.Equal((HttpStatusCode.BadRequest, -1194), (wrong.Status, wrong.Code));
    }

    [Fact]
    public async Task Candles_are_rows_of_twelve_and_the_last_one_is_still_open()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 110, 105));
        visitor.Time.Pass(TimeSpan.FromSeconds(150));

        var heard = await visitor.GetAsync("/api/v3/klines", "symbol=BTCUSDT&interval=1m");

        Sample.Fits(Fixtures.Klines, heard.Json);
        Assert.Equal(3, heard.Json.GetArrayLength());
        var second = heard.Json[1];
        Assert.Equal((1767225660000, 1767225719999), (second[0].GetInt64(), second[6].GetInt64()));
        Assert.Equal("100.00000000 110.00000000 100.00000000 110.00000000 6.20000000", string.Join(' ', second.EnumerateArray().Skip(1).Take(5)));
        Assert.Equal(31, second[8].GetInt64());
        Assert.True(heard.Json[2][8].GetInt64() < 31, "The third minute is half over.");

        Assert.Equal(1767225600000, (await visitor.GetAsync("/api/v3/klines", "symbol=BTCUSDT&interval=1m&startTime=1767225600000&limit=1")).Json[0][0].GetInt64());
        Assert.Equal(1767225660000, (await visitor.GetAsync("/api/v3/klines", "symbol=BTCUSDT&interval=1m&endTime=1767225719999&limit=1")).Json[0][0].GetInt64());
        Assert.Equal(-1120, (await visitor.GetAsync("/api/v3/klines", "symbol=BTCUSDT&interval=1H")).Code);
    }

    [Fact]
    public async Task The_book_has_bids_falling_asks_rising_and_a_gap_between()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var depth = await visitor.GetAsync("/api/v3/depth", "symbol=BTCUSDT&limit=3");

        Sample.Fits(Fixtures.Depth, depth.Json);
        Assert.Equal("64249.99", depth.Json.GetProperty("bids")[0][0].GetString());
        Assert.Equal("64250.01", depth.Json.GetProperty("asks")[0][0].GetString());
        Assert.Equal(3, depth.Json.GetProperty("asks").GetArrayLength());
        var ticker = await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT");
        Sample.Fits(Fixtures.BookTicker, ticker.Json);
        Assert.Equal("64249.99000000", ticker.Field("bidPrice"));
    }

    [Fact]
    public async Task Tickers_come_as_an_object_for_one_symbol_and_as_a_list_for_many()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 110, 105));
        visitor.Time.Pass(TimeSpan.FromMinutes(3));

        var price = await visitor.GetAsync("/api/v3/ticker/price", "symbol=BTCUSDT");
        Assert.Equal("""{"symbol":"BTCUSDT","price":"105.00000000"}""", price.Json.GetRawText());
        Assert.Equal(1, (await visitor.GetAsync("/api/v3/ticker/price", "symbols=%5B%22BTCUSDT%22%5D")).Json.GetArrayLength());
        var day = await visitor.GetAsync("/api/v3/ticker/24hr", "symbol=BTCUSDT");
        Sample.Fits(Fixtures.DayTicker, day.Json);
        Assert.Equal(("5.00000000", "5.000", "110.00000000", "18.60000000"), (day.Field("priceChange"), day.Field("priceChangePercent"), day.Field("highPrice"), day.Field("volume")));
        Assert.Equal(day.Number("lastId") - day.Number("firstId") + 1, day.Number("count"));
        var mini = await visitor.GetAsync("/api/v3/ticker/24hr", "type=MINI");
        Assert.Equal("symbol,openPrice,highPrice,lowPrice,lastPrice,volume,quoteVolume,openTime,closeTime,firstId,lastId,count", string.Join(',', mini.Json[0].EnumerateObject().Select(field => field.Name)));
    }

    [Fact]
    public async Task Trades_and_aggregates_are_numbered_without_a_gap()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 110));
        visitor.Time.Pass(TimeSpan.FromMinutes(2));

        var trades = await visitor.GetAsync("/api/v3/trades", "symbol=BTCUSDT&limit=5");
        Sample.Fits(Fixtures.Trades, trades.Json);
        Assert.Equal([58L, 59, 60, 61, 62], trades.Json.EnumerateArray().Select(trade => trade.GetProperty("id").GetInt64()));
        var aggregates = await visitor.GetAsync("/api/v3/aggTrades", "symbol=BTCUSDT&fromId=3&limit=2");
        Sample.Fits(Fixtures.Aggregates, aggregates.Json);
        Assert.Equal([3L, 4], aggregates.Json.EnumerateArray().Select(trade => trade.GetProperty("a").GetInt64()));
        Sample.Fits(Fixtures.AveragePrice, (await visitor.GetAsync("/api/v3/avgPrice", "symbol=BTCUSDT")).Json);
    }

    [Theory]
    [InlineData("/api/v3/depth", "symbol=NOSUCH", -1121, 400)]
    [InlineData("/api/v3/depth", "", -1102, 400)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&Limit=5", -1104, 400)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=five", -1100, 400)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&symbol=BTCUSDT", -1101, 400)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&symbolStatus=BREAK", -1220, 400)]
    [InlineData("/api/v3/ping", "x=1", -1101, 400)]
    [InlineData("/api/v3/exchangeInfo", "symbols=[\"BTCUSDT\",\"BTCUSDT\"]", -1151, 400)]
    [InlineData("/api/v3/exchangeInfo", "symbol=BTCUSDT&symbolStatus=TRADING", -1128, 400)]
    [InlineData("/api/v3/nothing", "", -1020, 404)]
    [InlineData("/api/v3/order/test", "", -1020, 405)]
    public async Task What_cannot_be_answered_has_a_code(string path, string query, int code, int status)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.GetAsync(path, query);

        Assert.Equal((code, status), (heard.Code, (int)heard.Status));
    }
}
