using System.Net;
using System.Text.Json;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Orders that are made smaller.</summary>
public class AmendmentTests
{
    private const string Amend = "/api/v3/order/amend/keepPriority";

    [Fact]
    public async Task An_order_that_is_made_smaller_keeps_its_place_and_frees_what_it_no_longer_needs()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100), options =>
        {
            options.Market.HalfSpreadBps = 100;
            options.Accounts.Add(new() { Name = "second", Keys = { new() { ApiKey = "second", Secret = "s" } }, Balances = { ["USDT"] = 1000 } });
            options.Accounts.Add(new() { Name = "third", Keys = { new() { ApiKey = "third", Secret = "s" } }, Balances = { ["BTC"] = 1 } });
        });
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=5&price=99.5&newClientOrderId=mine");
        await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=99.5", "second", "s");

        var amended = await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&origClientOrderId=mine&newQty=2&newClientOrderId=mine");

        Assert.Equal(("mine", "2.00000000", "NEW"), (Field(amended, "clientOrderId"), Field(amended, "qty"), Field(amended, "status")));
        Assert.EndsWith("USDT 9801.00000000 199.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")), StringComparison.Ordinal);
        Assert.Equal("3.00000000", (await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT")).Field("bidQty"));
        await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=1", "third", "s");
        Assert.Equal("1.00000000", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Field("executedQty"));
    }

    [Theory]
    [InlineData("orderId=9&newQty=0.01", -2038, "Unknown order sent.")]
    [InlineData("orderId=1&newQty=0.02", -2038, "The requested action would change no state; rejecting")]
    [InlineData("orderId=1&newQty=0.03", -2038, "Order amend (quantity increase) is not supported.")]
    [InlineData("orderId=1&newQty=0", -1013, "Invalid quantity.")]
    [InlineData("orderId=1&newQty=0.010001", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("orderId=1&newQty=0.00002", -1013, "Filter failure: NOTIONAL")]
    [InlineData("orderId=1&newQty=0.01&newClientOrderId=other", -2038, "Duplicate order sent.")]
    [InlineData("orderId=1&origClientOrderId=other&newQty=0.01", -2039, "The requested orderId and origClientOrderId do not match.")]
    [InlineData("orderId=1", -1102, "Mandatory parameter 'newQty' was not sent, was empty/null, or malformed.")]
    [InlineData("newQty=0.01", -1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")]
    public async Task An_amendment_that_is_wrong_leaves_the_order_as_it_is(string query, int code, string text)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000&newClientOrderId=mine");
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000&newClientOrderId=other");

        var heard = await visitor.SignedAsync("PUT", Amend, $"symbol=BTCUSDT&{query}");

        Assert.Equal((HttpStatusCode.BadRequest, code, text), (heard.Status, heard.Code, heard.Text));
        Assert.Equal("0.02000000", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Field("origQty"));
        Assert.Equal("[]", (await visitor.SignedAsync("GET", "/api/v3/order/amendments", "symbol=BTCUSDT&orderId=1")).Json.GetRawText());
    }

    [Fact]
    public async Task An_order_is_amended_so_often_and_no_more_and_each_time_is_remembered()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Filters["BTCUSDT"] = new() { MaxOrderAmends = 2 });
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000&newClientOrderId=a");
        await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.015&newClientOrderId=b");
        await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.01&newClientOrderId=c");

        var third = await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.005");

        Assert.Equal((-2038, "Filter failure: MAX_NUM_ORDER_AMENDS"), (third.Code, third.Text));
        var all = (await visitor.SignedAsync("GET", "/api/v3/order/amendments", "symbol=BTCUSDT&orderId=1")).Json.EnumerateArray().ToArray();
        Assert.Equal("a b 0.02000000 0.01500000, b c 0.01500000 0.01000000", string.Join(", ", all.Select(row => $"{row.GetProperty("origClientOrderId")} {row.GetProperty("newClientOrderId")} {row.GetProperty("origQty")} {row.GetProperty("newQty")}")));
        var later = await visitor.SignedAsync("GET", "/api/v3/order/amendments", $"symbol=BTCUSDT&orderId=1&fromExecutionId={all[1].GetProperty("executionId")}");
        Assert.Equal(all[1].GetRawText(), Assert.Single(later.Json.EnumerateArray()).GetRawText());
    }

    [Theory]
    [InlineData("renamed", "REPLACED REPLACED UPDATED")]
    [InlineData("tp", "REPLACED REPLACED")]
    public async Task One_leg_of_a_pair_takes_the_other_one_with_it(string id, string told)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.SignedAsync("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&quantity=0.5&listClientOrderId=pair&aboveType=LIMIT_MAKER&abovePrice=64300&aboveClientOrderId=tp&belowType=STOP_LOSS_LIMIT&belowStopPrice=64200&belowPrice=64150&belowTimeInForce=GTC&belowClientOrderId=sl");
        await using var events = await WebSocketApiTests.SubscribedAsync(visitor);

        var amended = await visitor.SignedAsync("PUT", Amend, $"symbol=BTCUSDT&origClientOrderId=tp&newQty=0.3&newClientOrderId={id}");

        Assert.Equal(("pair", "EXECUTING"), (amended.Json.GetProperty("listStatus").GetProperty("listClientOrderId").GetString(), amended.Json.GetProperty("listStatus").GetProperty("listOrderStatus").GetString()));
        foreach (var leg in (string[])[id, "sl"]) Assert.Equal("0.30000000", (await visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={leg}")).Field("origQty"));
        Assert.StartsWith("BTC 0.70000000 0.30000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")), StringComparison.Ordinal);
        var kinds = new List<string>();
        for (var message = await events.NextAsync(); !IsPosition(message); message = await events.NextAsync()) kinds.Add(KindOf(message.GetProperty("event")));
        Assert.Equal(told, string.Join(' ', kinds));
    }

    [Fact]
    public async Task An_amendment_costs_its_weight_unless_the_order_expires_by_it_and_counts_as_no_order()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.OfVolume(0.62, 64250, 64200, 64190), options => options.Market.MaxVolumeShare = 0.25);
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64225");
        visitor.Time.Pass(TimeSpan.FromSeconds(73));

        Assert.Equal("4", (await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.015")).Header("X-MBX-USED-WEIGHT-1M"));
        Assert.Equal("4", (await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.005")).Header("X-MBX-USED-WEIGHT-1M"));
        Assert.Equal("8", (await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.005")).Header("X-MBX-USED-WEIGHT-1M"));
        // One was placed a day ago or less, and its first trade as a maker has given back more than that.
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/rateLimit/order")).Json[1].GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("CANCEL_ONLY", HttpStatusCode.OK)]
    [InlineData("BREAK", HttpStatusCode.BadRequest)]
    public async Task An_order_may_become_smaller_as_long_as_cancellations_are_taken(string phase, HttpStatusCode expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000");
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", $$"""{"status":"{{phase}}"}""");

        Assert.Equal(expected, (await visitor.SignedAsync("PUT", Amend, "symbol=BTCUSDT&orderId=1&newQty=0.01")).Status);
    }

    private static string Field(Heard amended, string name) => amended.Json.GetProperty("amendedOrder").GetProperty(name).GetString()!;

    private static bool IsPosition(JsonElement message) => message.GetProperty("event").GetProperty("e").ValueEquals("outboundAccountPosition");

    private static string KindOf(JsonElement told) => told.GetProperty(told.GetProperty("e").ValueEquals("listStatus") ? "l" : "x").GetString()!;
}
