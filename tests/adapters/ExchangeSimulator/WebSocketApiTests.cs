using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>The WebSocket API and the events of an account, over real sockets.</summary>
public class WebSocketApiTests
{
    [Fact]
    public async Task The_published_subscription_is_taken_and_answered_as_published()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), start: DateTime.UnixEpoch.AddMilliseconds(1747385641636));
        await using var listener = await visitor.ListenAsync("/ws-api/v3");

        var heard = await listener.AskAsync("""{"id":"u-1","method":"userDataStream.subscribe.signature","params":{"apiKey":"vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A","timestamp":1747385641636,"signature":"681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e"}}""");

        Assert.Equal("""{"id":"u-1","status":200,"result":{"subscriptionId":0},"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000,"count":4}]}""", heard.GetRawText());
        Assert.Equal("""[{"subscriptionId":0}]""", (await listener.AskAsync("""{"id":1,"method":"session.subscriptions"}""")).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Requests_are_answered_with_their_id_and_the_limits()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws-api/v3?returnRateLimits=false");

        Assert.Equal("""{"id":null,"status":200,"result":{}}""", (await listener.AskAsync("""{"id":null,"method":"v3/ping"}""")).GetRawText());
        Assert.Equal(1767225600000, (await listener.AskAsync("""{"id":5,"method":"time"}""")).GetProperty("result").GetProperty("serverTime").GetInt64());
        var info = await listener.AskAsync("""{"id":6,"method":"exchangeInfo","params":{"symbols":["BTCUSDT"]}}""");
        Assert.Contains("CONNECTIONS", info.GetProperty("result").GetProperty("rateLimits").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""{"id":7,"status":400,"error":{"code":-1121,"msg":"Invalid symbol."}}""", (await listener.AskAsync("""{"id":7,"method":"ticker.price","params":{"symbol":"NOSUCH"}}""")).GetRawText());
        // What is asked about the limits is signed as everything else.
        var limits = await listener.AskAsync(Signed(visitor, "account.rateLimits.orders", ("returnRateLimits", "true")).Replace("\"true\"", "true", StringComparison.Ordinal));
        Assert.Equal((200, "REQUEST_WEIGHT"), (limits.GetProperty("status").GetInt32(), limits.GetProperty("rateLimits")[0].GetProperty("rateLimitType").GetString()));
        Assert.Equal(-1020, (await listener.AskAsync("""{"id":8,"method":"fly"}""")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-1135, (await listener.AskAsync("{")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-2014, (await listener.AskAsync("""{"id":9,"method":"account.status","params":{"timestamp":1767225600000,"signature":"00"}}""")).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Who_is_banned_is_told_until_when_and_disconnected()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Limits.RequestWeight, options.Limits.RefusalsBeforeBan) = (3, 1));
        await using var listener = await visitor.ListenAsync("/ws-api/v3");

        await listener.AskAsync("""{"id":1,"method":"ping"}""");
        var refused = await listener.AskAsync("""{"id":2,"method":"ping"}""");
        Assert.Equal((429, 1767225660000), (refused.GetProperty("status").GetInt32(), refused.GetProperty("error").GetProperty("data").GetProperty("retryAfter").GetInt64()));
        var banned = await listener.AskAsync("""{"id":"r-9","method":"ping"}""");
        Sample.Fits(Fixtures.Banned, banned);
        await listener.EndAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, listener.CloseStatus);
    }

    [Fact]
    public async Task An_order_is_placed_and_told_of_event_by_event()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Market.Levels, options.Market.LevelNotional) = (2, 1000));
        await using var events = await SubscribedAsync(visitor);
        await using var orders = await visitor.ListenAsync("/ws-api/v3");

        var placed = await orders.AskAsync(Signed(visitor, "order.place", ("symbol", "BTCUSDT"), ("side", "SELL"), ("type", "MARKET"), ("quantity", "0.9")));

        Assert.Equal("EXPIRED", placed.GetProperty("result").GetProperty("status").GetString());
        Assert.Equal("SECOND DAY MINUTE", string.Join(' ', placed.GetProperty("rateLimits").EnumerateArray().Select(limit => limit.GetProperty("interval"))));
        // Source: the sequence of one order at the market that exhausts the book, contract section 7.
        var told = new List<JsonElement>();
        for (var i = 0; i < 5; i++) told.Add(await events.NextAsync());
        Assert.Equal("NEW NEW True, TRADE PARTIALLY_FILLED False, TRADE PARTIALLY_FILLED False, EXPIRED EXPIRED False, ", string.Concat(told.Take(4).Select(Step)));
        Assert.All(told, one => Assert.Equal(0, one.GetProperty("subscriptionId").GetInt32()));
        Sample.Fits(Fixtures.TradeReport, told[1].GetProperty("event"));
        Sample.Fits(Fixtures.Position, told[4].GetProperty("event"));
        Assert.Equal("BTC USDT", string.Join(' ', told[4].GetProperty("event").GetProperty("B").EnumerateArray().Select(balance => balance.GetProperty("a"))));
        Assert.Single(told.Select(one => one.GetProperty("event").GetProperty(one.GetProperty("event").TryGetProperty("T", out _) ? "T" : "u").GetInt64()).Distinct());

        static string Step(JsonElement message)
        {
            var report = message.GetProperty("event");
            return $"{report.GetProperty("x")} {report.GetProperty("X")} {report.GetProperty("w")}, ";
        }
    }

    [Fact]
    public async Task A_cancellation_a_pair_and_a_prevented_trade_are_told_with_their_fields()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64100), options => options.Market.HalfSpreadBps = 2);
        await using var events = await SubscribedAsync(visitor);

        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=63900&newClientOrderId=cl-3");
        await visitor.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=cl-3&newClientOrderId=cancel-3");
        var canceled = await ReportAsync(events, "CANCELED");
        Sample.Fits(Fixtures.CanceledReport, canceled);
        Assert.Equal(("cancel-3", "cl-3"), (canceled.GetProperty("c").GetString(), canceled.GetProperty("C").GetString()));

        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64249");
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64249");
        Sample.Fits(Fixtures.PreventedReport, await ReportAsync(events, "TRADE_PREVENTION"));

        await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
        await visitor.SignedAsync("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&quantity=0.01&aboveType=TAKE_PROFIT_LIMIT&abovePrice=64300&aboveStopPrice=64290&aboveTimeInForce=GTC&belowType=STOP_LOSS_LIMIT&belowStopPrice=64200&belowPrice=64150&belowTimeInForce=GTC");
        visitor.Time.Pass(TimeSpan.FromMinutes(2));
        Sample.Fits(Fixtures.ExpiredReport, await ReportAsync(events, "EXPIRED"));
        var done = await events.NextAsync(message => message.GetProperty("event").TryGetProperty("l", out var kind) && kind.ValueEquals("ALL_DONE"));
        Sample.Fits(Fixtures.ListStatus, done.GetProperty("event"));
    }

    [Fact]
    public async Task Money_that_comes_is_told_and_an_end_of_the_subscription_too()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await SubscribedAsync(visitor);

        await visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"USDT","amount":-250}""");
        Assert.Equal("""{"subscriptionId":0,"event":{"e":"balanceUpdate","E":1767225600000,"a":"USDT","d":"-250.00000000","T":1767225600000}}""", (await listener.NextAsync()).GetRawText());
        Assert.Equal("9750.00000000", (await listener.NextAsync()).GetProperty("event").GetProperty("B")[0].GetProperty("f").GetString());

        Assert.Equal(-2035, (await listener.AskAsync(Signed(visitor, "userDataStream.subscribe.signature"))).GetProperty("error").GetProperty("code").GetInt32());
        await listener.SayAsync("""{"id":4,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""");
        Assert.Equal("""{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1767225600000}}""", (await listener.NextAsync()).GetRawText());
        Assert.Equal("{}", (await listener.NextAsync()).GetProperty("result").GetRawText());
        Assert.Equal(-2036, (await listener.AskAsync("""{"id":5,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""")).GetProperty("error").GetProperty("code").GetInt32());
    }

    internal static async Task<Listener> SubscribedAsync(Visitor visitor)
    {
        var listener = await visitor.ListenAsync("/ws-api/v3");
        Assert.Equal(200, (await listener.AskAsync(Signed(visitor, "userDataStream.subscribe.signature"))).GetProperty("status").GetInt32());
        return listener;
    }

    private static async Task<JsonElement> ReportAsync(Listener listener, string kind) =>
        (await listener.NextAsync(message => message.GetProperty("event").TryGetProperty("x", out var execution) && execution.ValueEquals(kind))).GetProperty("event");

    /// <summary>A request whose parameters are signed in the order of their names.</summary>
    internal static string Signed(Visitor visitor, string method, params (string Name, string Value)[] parameters)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["apiKey"] = Visitor.ApiKey,
            ["timestamp"] = Visitor.Milliseconds(visitor.Time.Now),
        };
        foreach (var (name, value) in parameters) all[name] = value;
        var payload = string.Join('&', all.Select(pair => $"{pair.Key}={pair.Value}"));
        all["signature"] = Visitor.Signature(payload);
        return $"{{\"id\":\"{method}\",\"method\":\"{method}\",\"params\":{{{string.Join(',', all.Select(pair => pair.Key is "timestamp" ? string.Create(CultureInfo.InvariantCulture, $"\"timestamp\":{pair.Value}") : $"\"{pair.Key}\":\"{pair.Value}\""))}}}}}";
    }
}
