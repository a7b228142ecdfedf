using System.Net;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>How much one may ask.</summary>
public class LimitTests
{
    [Theory]
    [InlineData("/api/v3/ping", "", 1)]
    [InlineData("/api/v3/time", "", 1)]
    [InlineData("/api/v3/exchangeInfo", "", 20)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=100", 5)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=101", 25)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=1000", 50)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=9000", 250)]
    [InlineData("/api/v3/klines", "symbol=BTCUSDT&interval=1m", 2)]
    [InlineData("/api/v3/aggTrades", "symbol=BTCUSDT", 4)]
    [InlineData("/api/v3/trades", "symbol=BTCUSDT", 25)]
    [InlineData("/api/v3/ticker/24hr", "symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/24hr", "", 80)]
    [InlineData("/api/v3/ticker/price", "symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/bookTicker", "", 4)]
    public async Task What_everybody_may_ask_weighs_what_the_contract_says(string path, string query, int weight)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.GetAsync(path, query);

        Assert.Equal((HttpStatusCode.OK, $"{weight}"), (heard.Status, heard.Header("X-MBX-USED-WEIGHT-1M")));
    }

    [Theory]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01", 0)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=9", 1)]
    [InlineData("POST", "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01", 1)]
    [InlineData("POST", "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&computeCommissionRates=true", 20)]
    [InlineData("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1", 4)]
    [InlineData("GET", "/api/v3/openOrders", "symbol=BTCUSDT", 6)]
    [InlineData("GET", "/api/v3/openOrders", "", 80)]
    [InlineData("GET", "/api/v3/allOrders", "symbol=BTCUSDT", 20)]
    [InlineData("GET", "/api/v3/account", "", 20)]
    [InlineData("GET", "/api/v3/account/commission", "symbol=BTCUSDT", 20)]
    [InlineData("GET", "/api/v3/myTrades", "symbol=BTCUSDT", 20)]
    [InlineData("GET", "/api/v3/myTrades", "symbol=BTCUSDT&orderId=1", 5)]
    [InlineData("GET", "/api/v3/rateLimit/order", "", 40)]
    [InlineData("GET", "/api/v3/openOrderList", "", 6)]
    [InlineData("GET", "/api/v3/allOrderList", "", 20)]
    public async Task What_an_account_may_ask_weighs_what_the_contract_says(string verb, string path, string query, int weight)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        Assert.Equal($"{weight}", (await visitor.SignedAsync(verb, path, query)).Header("X-MBX-USED-WEIGHT-1M"));
    }

    [Fact]
    public async Task Who_asks_too_much_waits_for_the_next_minute_and_who_goes_on_is_banned_longer_each_time()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Limits.RequestWeight, options.Limits.RefusalsBeforeBan) = (3, 2));
        visitor.Time.Pass(TimeSpan.FromSeconds(20));

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v3/ping")).Status);
        var refused = await visitor.GetAsync("/api/v3/ping");
        Assert.Equal((HttpStatusCode.TooManyRequests, -1003, "40"), (refused.Status, refused.Code, refused.Header("Retry-After")));
        Assert.Equal("Too much request weight used; current limit is 3 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.", refused.Text);
        visitor.Time.Pass(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v3/ping")).Status);

        for (var i = 0; i < 4; i++) await visitor.GetAsync("/api/v3/ping");
        var banned = await visitor.GetAsync("/api/v3/ping");
        Assert.Equal((418, "120"), ((int)banned.Status, banned.Header("Retry-After")));
        Assert.Equal("Way too much request weight used; IP banned until 1767225780000. Please use WebSocket Streams for live updates to avoid bans.", banned.Text);
        visitor.Time.Pass(TimeSpan.FromSeconds(120));
        for (var i = 0; i < 5; i++) await visitor.GetAsync("/api/v3/ping");
        Assert.Equal("600", (await visitor.GetAsync("/api/v3/ping")).Header("Retry-After"));
    }

    [Fact]
    public async Task Unfilled_orders_are_counted_and_a_first_trade_gives_back()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Limits.OrdersPer10Seconds = 2);

        var first = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=64000");
        Assert.Equal(("1", "1"), (first.Header("X-MBX-ORDER-COUNT-10S"), first.Header("X-MBX-ORDER-COUNT-1D")));
        // It takes at once, and so is counted and given back.
        Assert.Equal("1", (await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.001")).Header("X-MBX-ORDER-COUNT-10S"));
        Assert.Equal("2", (await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=64000")).Header("X-MBX-ORDER-COUNT-10S"));
        var refused = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=64000");
        Assert.Equal((HttpStatusCode.TooManyRequests, -1015, "Too many new orders; current limit is 2 orders per 10 SECOND.", "10"), (refused.Status, refused.Code, refused.Text, refused.Header("Retry-After")));
        var counts = await visitor.SignedAsync("GET", "/api/v3/rateLimit/order");
        Sample.Fits(Fixtures.OrderLimits, counts.Json);
        Assert.Equal(2, counts.Json[0].GetProperty("count").GetInt32());
        visitor.Time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=64000")).Status);
        Assert.Equal(1, (await visitor.ControlAsync("GET", "state")).Number("limitExcesses"));
    }

    [Theory]
    [InlineData("DO_NOTHING", 1, -1015)]
    [InlineData("CANCEL_ONLY", 0, -2021)]
    public async Task A_replacement_that_is_one_order_too_many_does_nothing_or_takes_back(string mode, int open, int code)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Limits.OrdersPer10Seconds = 1);
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64400");

        var heard = await visitor.SignedAsync("POST", "/api/v3/order/cancelReplace", $"symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64500&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=1&orderRateLimitExceededMode={mode}");

        Assert.Equal((HttpStatusCode.TooManyRequests, code), (heard.Status, heard.Code));
        Assert.Equal(open, (await visitor.SignedAsync("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
    }
}
