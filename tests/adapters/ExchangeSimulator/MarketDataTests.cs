using System.Net;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What everybody may ask, over real sockets, field by field as in the samples of the contract.</summary>
public class MarketDataTests
{
    private const string Info = """
        {"timezone":"UTC","serverTime":1767225600123,
         "rateLimits":[
          {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},
          {"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100}],
         "exchangeFilters":[],
         "symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,"quoteAssetPrecision":8,"baseCommissionPrecision":8,"quoteCommissionPrecision":8,
          "orderTypes":["LIMIT"],
          "icebergAllowed":true,"ocoAllowed":true,"otoAllowed":true,"opoAllowed":true,"quoteOrderQtyMarketAllowed":true,"allowTrailingStop":true,"cancelReplaceAllowed":true,"amendAllowed":true,"pegInstructionsAllowed":true,"isSpotTradingAllowed":true,"isMarginTradingAllowed":true,
          "filters":[],
          "permissions":[],"permissionSets":[["SPOT"]],
          "defaultSelfTradePreventionMode":"EXPIRE_MAKER","allowedSelfTradePreventionModes":["EXPIRE_TAKER"]}]}
        """;

    private static readonly string[] Filters =
    [
        """{"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"}""",
        """{"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"}""",
        """{"filterType":"ICEBERG_PARTS","limit":100}""",
        """{"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"110.50000000","stepSize":"0.00000000"}""",
        """{"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":10,"maxTrailingBelowDelta":2000}""",
        """{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"5","askMultiplierDown":"0.2","avgPriceMins":5}""",
        """{"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5}""",
        """{"filterType":"MAX_NUM_ORDERS","maxNumOrders":200}""",
        """{"filterType":"MAX_NUM_ORDER_LISTS","maxNumOrderLists":20}""",
        """{"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5}""",
    ];

    [Fact]
    public async Task Exchange_info_has_the_fields_of_the_contract_and_each_filter_its_own()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.GetAsync("/api/v3/exchangeInfo");

        Assert.Equal("application/json; charset=UTF-8", $"{heard.Message.Content.Headers.ContentType}");
        Sample.Fits(Info, heard.Json);
        var filters = heard.Json.GetProperty("symbols")[0].GetProperty("filters").EnumerateArray().ToArray();
        Assert.Equal(Filters.Length, filters.Length);
        for (var i = 0; i < filters.Length; i++) Sample.Fits(Filters[i], filters[i]);
    }

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

        Sample.Fits("""[[1767225600000,"64200.01000000","64260.00000000","64199.99000000","64250.00000000","12.34567000",1767225659999,"793012.55120000",2310,"6.10000000","391800.10000000","0"]]""", heard.Json);
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

        Sample.Fits("""{"lastUpdateId":7300000150,"bids":[["64249.90","0.73100000"],["64249.80","0.01200000"]],"asks":[["64250.00","0.40900000"]]}""", depth.Json);
        Assert.Equal("64249.99", depth.Json.GetProperty("bids")[0][0].GetString());
        Assert.Equal("64250.01", depth.Json.GetProperty("asks")[0][0].GetString());
        Assert.Equal(3, depth.Json.GetProperty("asks").GetArrayLength());
        var ticker = await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT");
        Sample.Fits("""{"symbol":"BTCUSDT","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000"}""", ticker.Json);
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
        Sample.Fits("""{"symbol":"BTCUSDT","priceChange":"-350.00000000","priceChangePercent":"-0.542","weightedAvgPrice":"64310.22000000","prevClosePrice":"64599.99000000","lastPrice":"64250.00000000","lastQty":"0.00900000","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000","openPrice":"64600.00000000","highPrice":"64990.00000000","lowPrice":"63950.00000000","volume":"18250.12345000","quoteVolume":"1173669454.00000000","openTime":1767139201002,"closeTime":1767225601002,"firstId":3899000000,"lastId":3900000001,"count":1000002}""", day.Json);
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
        Sample.Fits("""[{"id":3900000001,"price":"64250.00000000","qty":"0.00900000","quoteQty":"578.25000000","time":1767225601002,"isBuyerMaker":false,"isBestMatch":true}]""", trades.Json);
        Assert.Equal([58L, 59, 60, 61, 62], trades.Json.EnumerateArray().Select(trade => trade.GetProperty("id").GetInt64()));
        var aggregates = await visitor.GetAsync("/api/v3/aggTrades", "symbol=BTCUSDT&fromId=3&limit=2");
        Sample.Fits("""[{"a":2900000001,"p":"64250.00000000","q":"0.00900000","f":3900000001,"l":3900000001,"T":1767225601002,"m":false,"M":true}]""", aggregates.Json);
        Assert.Equal([3L, 4], aggregates.Json.EnumerateArray().Select(trade => trade.GetProperty("a").GetInt64()));
        Sample.Fits("""{"mins":5,"price":"64231.15804217","closeTime":1767225601002}""", (await visitor.GetAsync("/api/v3/avgPrice", "symbol=BTCUSDT")).Json);
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
