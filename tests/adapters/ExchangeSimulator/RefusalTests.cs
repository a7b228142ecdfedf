using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Who is refused, with which code, and why.</summary>
public class RefusalTests
{
    private const string Limit = "side=BUY&type=LIMIT&timeInForce=GTC";

    [Theory]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    public void The_published_signature_comes_out(string order, string signature) =>
        Assert.Equal(signature, Visitor.Signature($"symbol=LTCBTC&{order}&recvWindow=5000&timestamp=1499827319559"));

    [Theory]
    [InlineData(Limit + "&quantity=0.01", -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed.")]
    [InlineData("side=BUY&type=LIMIT&quantity=0.01&price=64000", -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.")]
    [InlineData("side=HOLD&type=MARKET&quantity=0.01", -1117, "Invalid side.")]
    [InlineData("side=BUY&type=HOPE&quantity=0.01", -1116, "Invalid orderType.")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.01&price=64000", -1115, "Invalid timeInForce.")]
    [InlineData("side=BUY&type=MARKET&quantity=0.01&price=64000", -1106, "Parameter 'price' sent when not required.")]
    [InlineData("side=BUY&type=MARKET&quantity=0.01&quoteOrderQty=10", -1106, "Parameter 'quantity' sent when not required.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=0.01", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!")]
    [InlineData(Limit + "&quantity=1e-2&price=64000", -1100, @"Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'.")]
    [InlineData(Limit + "&quantity=0.010000001&price=64000", -1111, "Parameter 'quantity' has too much precision.")]
    [InlineData(Limit + "&quantity=0.01&price=64000&newClientOrderId=a b", -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.")]
    [InlineData(Limit + "&quantity=0.01&price=64000&strategyType=5", -1134, "'strategyType' was less than 1000000.")]
    [InlineData(Limit + "&quantity=0.01&price=64000&newClientOrderId=", -1105, "Parameter 'newClientOrderId' was empty.")]
    [InlineData(Limit + "&quantity=0&price=64000", -1013, "Invalid quantity.")]
    [InlineData(Limit + "&quantity=0.01&price=64000.001", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData(Limit + "&quantity=0.010001&price=64000", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=999999", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData(Limit + "&quantity=0.00007&price=64000", -1013, "Filter failure: NOTIONAL")]
    [InlineData("side=BUY&type=MARKET&quantity=950", -1013, "Filter failure: MARKET_LOT_SIZE")]
    [InlineData(Limit + "&quantity=1&price=64000&icebergQty=0.001", -1013, "Filter failure: ICEBERG_PARTS")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=0.01&trailingDelta=5", -1013, "Filter failure: TRAILING_DELTA")]
    [InlineData(Limit + "&quantity=0.01&price=64000&selfTradePreventionMode=NONE", -1013, "This symbol does not allow the specified self-trade prevention mode.")]
    [InlineData(Limit + "&quantity=1&price=64000", -2010, "Account has insufficient balance for requested action.")]
    [InlineData("side=BUY&type=MARKET&quantity=0.5", -2010, "Account has insufficient balance for requested action.")]
    [InlineData("side=SELL&type=MARKET&quantity=1.5", -2010, "Account has insufficient balance for requested action.")]
    [InlineData("side=SELL&type=TAKE_PROFIT&quantity=0.5&stopPrice=64249", -2010, "Order would trigger immediately.")]
    public async Task An_order_that_is_wrong_is_refused_with_its_reason(string order, int code, string text)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.OrderAsync(order.Replace(" ", "%20", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.BadRequest, code, text), (heard.Status, heard.Code, heard.Text));
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/allOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("MAX_NUM_ORDERS", "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=64000", 3)]
    [InlineData("MAX_NUM_ALGO_ORDERS", "side=SELL&type=STOP_LOSS&quantity=0.001&stopPrice=64000", 2)]
    [InlineData("MAX_POSITION", "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000", 2)]
    public async Task So_many_orders_and_no_more(string filter, string order, int most)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options =>
            options.Filters["BTCUSDT"] = new() { MaxOrders = 3, MaxAlgoOrders = 2, MaxPosition = 1.02m });

        for (var i = 0; i < most; i++) Assert.Equal(HttpStatusCode.OK, (await visitor.OrderAsync(order)).Status);
        Assert.Equal($"Filter failure: {filter}", (await visitor.OrderAsync(order)).Text);
    }

    [Fact]
    public async Task Keys_that_are_missing_unknown_or_may_not_are_refused()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options =>
        {
            options.Accounts[0].Keys.Add(new() { ApiKey = "reader", Secret = "s", CanTrade = false, CanWithdraw = true });
            options.Accounts[0].Keys.Add(new() { ApiKey = "elsewhere", Secret = "s", AllowedIps = ["10.1.2.3"] });
            options.Limits.TrustsForwardedFor = true;
        });
        var query = Visitor.Sign(visitor.WithTime(""));

        Assert.Equal(-2014, (await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", query)).Code);
        var unknown = await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", query, "nobody");
        Assert.Equal((HttpStatusCode.Unauthorized, -2015, "Invalid API-key, IP, or permissions for action."), (unknown.Status, unknown.Code, unknown.Text));
        Assert.True((await visitor.SignedAsync("GET", "/api/v3/account", "", "reader", "s")).Json.GetProperty("canWithdraw").GetBoolean());
        Assert.Equal(-2015, (await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01", "reader", "s")).Code);
        Assert.Equal(-2015, (await visitor.SignedAsync("GET", "/api/v3/account", "", "elsewhere", "s")).Code);
        var there = await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", Visitor.Sign(visitor.WithTime(""), "s"), "elsewhere", headers: ("X-Forwarded-For", "10.1.2.3"));
        Assert.Equal(HttpStatusCode.OK, there.Status);
        var may = await visitor.SignedAsync("GET", "/sapi/v1/account/apiRestrictions", "", "reader", "s");
        Assert.Equal((true, false), (may.Json.GetProperty("enableWithdrawals").GetBoolean(), may.Json.GetProperty("enableSpotAndMarginTrading").GetBoolean()));
    }

    [Fact]
    public async Task A_signature_counts_for_what_was_sent_query_and_body_together()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        const string Query = "symbol=BTCUSDT&side=BUY&type=MARKET";
        var body = visitor.WithTime("quantity=0.01");

        var both = await visitor.SendAsync(HttpMethod.Post, "/api/v3/order", Query, Visitor.ApiKey, $"{body}&signature={Visitor.Signature(Query + body).ToUpperInvariant()}");
        Assert.Equal(HttpStatusCode.OK, both.Status);
        var wrong = await visitor.SendAsync(HttpMethod.Post, "/api/v3/order", Query, Visitor.ApiKey, $"{body}&signature={Visitor.Signature(body)}");
        Assert.Equal((HttpStatusCode.BadRequest, -1022, "Signature for this request is not valid."), (wrong.Status, wrong.Code, wrong.Text));
        var missing = await visitor.SendAsync(HttpMethod.Post, "/api/v3/order", Query, Visitor.ApiKey, body);
        Assert.Equal(-1102, missing.Code);
        // The same name in both: the query counts.
        var twice = visitor.WithTime("quantity=0.01&side=SELL");
        var bought = await visitor.SendAsync(HttpMethod.Post, "/api/v3/order", Query, Visitor.ApiKey, $"{twice}&signature={Visitor.Signature(Query + twice)}");
        Assert.Equal("BUY", bought.Field("side"));
    }

    [Fact]
    public async Task An_RSA_key_signs_too()
    {
        using var rsa = RSA.Create(2048);
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options =>
            options.Accounts[0].Keys.Add(new() { ApiKey = "rsa", PublicKeyPem = rsa.ExportSubjectPublicKeyInfoPem() }));
        var payload = visitor.WithTime("omitZeroBalances=true");
        var signature = Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(payload), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", $"{payload}&signature={Uri.EscapeDataString(signature)}", "rsa")).Status);
        Assert.Equal(-1022, (await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", $"{payload}&signature={Uri.EscapeDataString(signature[4..])}", "rsa")).Code);
    }

    [Theory]
    [InlineData(999_000, "", 0)]
    [InlineData(1_000_000, "", -1021)]
    [InlineData(10_001_000, "", -1102)]
    [InlineData(-5_000_000, "", 0)]
    [InlineData(-5_000_001, "", -1021)]
    [InlineData(-200_000, "&recvWindow=200", 0)]
    [InlineData(-200_401, "&recvWindow=200.4", -1021)]
    [InlineData(0, "&recvWindow=60001", -1131)]
    public async Task A_timestamp_is_taken_within_its_window_and_not_one_step_beyond(long microsecondsAhead, string window, int code)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        visitor.Time.Pass(TimeSpan.FromSeconds(30));
        var timestamp = ((visitor.Time.Now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) + microsecondsAhead;

        var heard = await visitor.SendAsync(HttpMethod.Get, "/api/v3/account", Visitor.Sign(FormattableString.Invariant($"timestamp={timestamp}{window}")), Visitor.ApiKey);

        Assert.Equal(code, heard.Status == HttpStatusCode.OK ? 0 : heard.Code);
    }

    [Theory]
    [InlineData("GET", "/api/v3/order", "symbol=BTCUSDT", -1102)]
    [InlineData("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=5", -2013)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=none", -2011)]
    [InlineData("GET", "/api/v3/allOrders", "symbol=BTCUSDT&startTime=1767225600000&endTime=1767312000001", -1127)]
    [InlineData("GET", "/api/v3/myTrades", "symbol=BTCUSDT&orderId=1&startTime=1767225600000", -1128)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=1&cancelRestrictions=NEVER", -1145)]
    [InlineData("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&orderListId=1", -2011)]
    public async Task What_is_not_there_is_told_by_a_code(string verb, string path, string query, int code)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        Assert.Equal(code, (await visitor.SignedAsync(verb, path, query)).Code);
    }
}
