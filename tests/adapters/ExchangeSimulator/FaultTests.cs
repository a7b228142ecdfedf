using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using OrleansTrader.Adapters.Tests.Binance;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What goes wrong, and what really happened all the same.</summary>
public class FaultTests
{
    private const string Order = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000&newClientOrderId=mine";

    [Theory]
    [InlineData("DROP_BEFORE", null, 0, 0)]
    [InlineData("DROP_AFTER", null, 0, 1)]
    [InlineData("ERROR_BEFORE", 503, 0, 0)]
    [InlineData("ERROR_AFTER", 500, -1000, 1)]
    [InlineData("TIMEOUT_BEFORE", 504, -1007, 0)]
    [InlineData("TIMEOUT_AFTER", 504, -1007, 1)]
    [InlineData("OVERLOADED", 503, -1008, 0)]
    [InlineData("TOO_MANY_REQUESTS", 429, -1003, 0)]
    [InlineData("BANNED", 418, -1003, 0)]
    public async Task An_order_goes_wrong_before_or_after_it_was_carried_out(string kind, int? status, int code, int orders)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.ControlAsync("POST", "faults/next", $$"""{"kind":"{{kind}}","operation":"order.place"}""");

        if (status is null)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => visitor.OrderAsync(Order));
        }
        else
        {
            var heard = await visitor.OrderAsync(Order);
            Assert.Equal(status, (int)heard.Status);
            Assert.Equal(code, heard.Json.ValueKind == JsonValueKind.Undefined ? 0 : heard.Code);
            if (status is 418 or 429) Assert.Equal("5", heard.Header("Retry-After"));
        }

        var truth = (await visitor.ControlAsync("GET", "orders?account=first")).Json.GetProperty("orders");
        Assert.Equal(orders, truth.GetArrayLength());
        if (status is 418) Assert.Equal(418, (int)(await visitor.GetAsync("/api/v3/ping")).Status);
        else Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v3/ping")).Status);
    }

    [Fact]
    public async Task The_WebSocket_API_goes_wrong_in_the_same_ways()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws-api/v3");
        await visitor.ControlAsync("POST", "faults/next", """{"kind":"TIMEOUT_AFTER","operation":"order."}""");
        await visitor.ControlAsync("POST", "faults/next", """{"kind":"DROP_AFTER","operation":"order.cancel"}""");
        (string, string)[] order = [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", "0.01"), ("price", "64000")];

        var unknown = await listener.AskAsync(WebSocketApiTests.Signed(visitor, "order.place", order));
        Assert.Equal((504, -1007), (unknown.GetProperty("status").GetInt32(), unknown.GetProperty("error").GetProperty("code").GetInt32()));
        await listener.SayAsync(WebSocketApiTests.Signed(visitor, "order.cancel", ("symbol", "BTCUSDT"), ("orderId", "1")));
        await listener.EndAsync();

        var truth = (await visitor.ControlAsync("GET", "orders")).Json.GetProperty("orders");
        Assert.Equal("CANCELED", Assert.Single(truth.EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Probabilities_are_changed_while_it_runs_and_a_wrong_name_changes_nothing()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var changed = await visitor.ControlAsync("PUT", "faults", """{"timeoutBefore":1,"operations":["order."],"events":{"lost":0.5}}""");
        Assert.Equal((1, 0.5, 500), (changed.Json.GetProperty("timeoutBefore").GetDouble(), changed.Json.GetProperty("events").GetProperty("lost").GetDouble(), changed.Json.GetProperty("events").GetProperty("delayMilliseconds").GetInt32()));
        Assert.Equal(-1007, (await visitor.OrderAsync(Order)).Code);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SignedAsync("GET", "/api/v3/account")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.ControlAsync("PUT", "faults", """{"timeoutNever":1}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.ControlAsync("PUT", "faults", """{"timeoutAfter":1.5}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.ControlAsync("PUT", "faults", """{"events":{"lost":-1}}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ControlAsync("PUT", "nothing", "{}")).Status);
        await visitor.ControlAsync("DELETE", "faults");
        Assert.Equal(HttpStatusCode.OK, (await visitor.OrderAsync(Order)).Status);
    }

    [Theory]
    [InlineData("""{"events":{"lost":1}}""", "")]
    [InlineData("""{"events":{"doubled":1}}""", "executionReport executionReport outboundAccountPosition outboundAccountPosition ")]
    [InlineData("""{"events":{"swapped":1}}""", "outboundAccountPosition executionReport ")]
    [InlineData("""{"events":{"delayed":1,"delayMilliseconds":50}}""", "executionReport outboundAccountPosition ")]
    [InlineData("""{"events":{"disconnected":1}}""", "end")]
    public async Task Events_are_lost_doubled_swapped_late_or_cut_off(string faults, string expected)
    {
        // Delays pass in the time of this machine here.
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws-api/v3");
        await listener.AskAsync(WebSocketApiTests.Signed(visitor, "userDataStream.subscribe.signature"));
        await visitor.ControlAsync("PUT", "faults", faults);

        await visitor.OrderAsync(Order);

        if (expected is "end")
        {
            await listener.EndAsync();
            Assert.Null(listener.CloseStatus);
            return;
        }

        await listener.SayAsync("""{"id":"last","method":"ping"}""");
        var heard = "";
        while (true)
        {
            var message = await listener.NextAsync();
            if (message.TryGetProperty("id", out _)) break;
            heard += $"{message.GetProperty("event").GetProperty("e")} ";
        }

        Assert.Equal(expected, heard);
    }

    [Theory]
    [InlineData("""{"streams":{"lost":1}}""", "")]
    [InlineData("""{"streams":{"doubled":1}}""", "1 1 2 2 3 3 4 4 5 5")]
    [InlineData("""{"streams":{"swapped":1}}""", "2 1 4 3")]
    [InlineData("""{"streams":{"delayed":1,"delayMilliseconds":20}}""", "1 2 3 4 5")]
    [InlineData("""{"streams":{"disconnected":1}}""", "end")]
    public async Task Messages_of_the_market_go_wrong_too(string faults, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300), options => options.Market.TicksPerLeg = 1);
        await using var listener = await visitor.ListenAsync("/ws/btcusdt@trade");
        await visitor.ControlAsync("PUT", "faults", faults);
        var before = (await visitor.GetAsync("/api/v3/trades", "symbol=BTCUSDT")).Json.GetArrayLength();
        visitor.Time.Pass(TimeSpan.FromSeconds(90));
        var after = (await visitor.GetAsync("/api/v3/trades", "symbol=BTCUSDT")).Json.GetArrayLength();

        if (expected is "end")
        {
            await listener.EndAsync();
            Assert.Null(listener.CloseStatus);
            return;
        }

        // The last one that is swapped waits for another.
        Assert.Equal(5, after - before);
        await listener.SayAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var heard = new List<long>();
        for (var message = await listener.NextAsync(); !message.TryGetProperty("id", out _); message = await listener.NextAsync()) heard.Add(message.GetProperty("t").GetInt64() - before);
        Assert.Equal(expected, string.Join(' ', heard));
    }

    [Fact]
    public async Task Balances_are_shown_as_they_were_a_while_ago_and_orders_as_they_are()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.ControlAsync("PUT", "faults", """{"balanceLagMilliseconds":8000}""");
        visitor.Time.Pass(TimeSpan.FromMinutes(1));

        var bought = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01&newClientOrderId=mine");

        Assert.Equal("FILLED", bought.Field("status"));
        Assert.Equal("FILLED", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Field("status"));
        var early = await visitor.SignedAsync("GET", "/api/v3/account");
        Assert.Equal(("BTC 1.00000000 0.00000000, USDT 10000.00000000 0.00000000", 1767225600000), (OrderTests.Balances(early), early.Number("updateTime")));
        Assert.Equal("1.00999000", (await visitor.ControlAsync("GET", "balances")).Json.GetProperty("accounts")[0].GetProperty("balances")[0].GetProperty("free").GetString());
        visitor.Time.Pass(TimeSpan.FromSeconds(8));
        var late = await visitor.SignedAsync("GET", "/api/v3/account");
        Assert.Equal(("BTC 1.00999000 0.00000000, USDT 9357.49990000 0.00000000", 1767225660000), (OrderTests.Balances(late), late.Number("updateTime")));
    }

    [Fact]
    public async Task A_request_that_comes_late_is_answered_late()
    {
        var clock = new ManualClock();
        await using var server = await ExchangeServer.StartAsync(Visitor.Options(options => (options.Faults.Latency, options.Faults.LatencyMilliseconds) = (1, 600_000)), BarFeed.Of(64250), clock: clock, cancellation: TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.Address };
        var answer = http.GetAsync("/api/v3/ping", TestContext.Current.CancellationToken);
        // The back door is never late.
        while (!(await http.GetStringAsync("/sim/state", TestContext.Current.CancellationToken)).Contains("\"faults\":1,", StringComparison.Ordinal)) await Task.Yield();
        Assert.False(answer.IsCompleted);

        // It may have been drawn, but not yet begun to wait.
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    [Fact]
    public async Task A_day_ends_every_connection_and_a_client_may_come_again()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var streams = await visitor.ListenAsync("/stream");
        await using var api = await visitor.ListenAsync("/ws-api/v3");

        visitor.Time.Pass(TimeSpan.FromHours(24));
        await streams.EndAsync();
        await api.EndAsync();
        Assert.Equal((WebSocketCloseStatus.NormalClosure, WebSocketCloseStatus.NormalClosure), (streams.CloseStatus, api.CloseStatus));
        await using var again = await visitor.ListenAsync("/ws-api/v3");
        Assert.Equal(200, (await again.AskAsync("""{"id":1,"method":"ping"}""")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_symbol_that_leaves_ends_its_orders_before_the_eyes_of_its_account_and_is_heard_of_no_more()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300, 64350));
        await using var events = await visitor.ListenAsync("/ws-api/v3");
        await events.AskAsync(WebSocketApiTests.Signed(visitor, "userDataStream.subscribe.signature"));
        await using var trades = await visitor.ListenAsync("/ws/btcusdt@trade");
        await visitor.OrderAsync(Order);

        await visitor.ControlAsync("DELETE", "symbols/BTCUSDT");

        var end = (await events.NextAsync(message => message.GetProperty("event").TryGetProperty("eR", out _))).GetProperty("event");
        Assert.Equal(("EXPIRED", "EXCHANGE_CANCELED", "mine"), (end.GetProperty("x").GetString(), end.GetProperty("eR").GetString(), end.GetProperty("c").GetString()));
        Assert.Empty((await visitor.GetAsync("/api/v3/exchangeInfo")).Json.GetProperty("symbols").EnumerateArray());
        visitor.Time.Pass(TimeSpan.FromMinutes(1));
        await trades.SayAsync("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}""");
        Assert.Equal("""{"code":2,"msg":"Invalid request: invalid stream","id":1}""", (await trades.NextAsync()).GetRawText());
    }

    [Fact]
    public async Task A_clock_that_is_wrong_refuses_and_tells_a_wrong_time()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.ControlAsync("PUT", "faults", """{"clockSkewMilliseconds":7000}""");

        Assert.Equal(1767225607000, (await visitor.GetAsync("/api/v3/time")).Number("serverTime"));
        Assert.Equal(-1021, (await visitor.SignedAsync("GET", "/api/v3/account")).Code);
    }

    [Fact]
    public async Task During_maintenance_nobody_is_served()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws");

        await visitor.ControlAsync("PUT", "faults", """{"maintenance":true}""");

        await listener.EndAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, listener.CloseStatus);
        var heard = await visitor.GetAsync("/api/v3/ping");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (heard.Status, heard.Message.Content.Headers.ContentType!.MediaType));
        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ListenAsync("/ws"));
        await visitor.ControlAsync("PUT", "faults", """{"maintenance":false}""");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v3/ping")).Status);
    }

    [Fact]
    public async Task A_symbol_gets_other_filters_is_halted_and_leaves()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300, 64350));
        await visitor.OrderAsync(Order);

        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"filters":{"tickSize":0.5,"minNotional":1000}}""");
        Assert.Equal("Filter failure: PRICE_FILTER", (await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000.25")).Text);
        Assert.Equal("Filter failure: NOTIONAL", (await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000")).Text);
        Assert.Contains("\"tickSize\":\"0.50000000\"", (await visitor.GetAsync("/api/v3/exchangeInfo")).Json.GetRawText(), StringComparison.Ordinal);

        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"BREAK"}""");
        Assert.Equal("Market is closed.", (await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.02")).Text);
        visitor.Time.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal("64250.00000000", (await visitor.GetAsync("/api/v3/ticker/price", "symbol=BTCUSDT")).Field("price"));
        Assert.Equal("CANCELED", (await visitor.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Field("status"));

        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"TRADING"}""");
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000");
        await visitor.ControlAsync("DELETE", "symbols/BTCUSDT");
        Assert.Equal(-1121, (await visitor.GetAsync("/api/v3/ticker/price", "symbol=BTCUSDT")).Code);
        var truth = (await visitor.ControlAsync("GET", "orders")).Json.GetProperty("orders")[1];
        Assert.Equal(("EXPIRED", "EXCHANGE_CANCELED"), (truth.GetProperty("status").GetString(), truth.GetProperty("expiryReason").GetString()));
        Assert.EndsWith("USDT 10000.00000000 0.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_by_value_spends_no_more_than_that_on_a_step_that_has_changed()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"USDT","amount":100000000}""");
        var asks = (await visitor.GetAsync("/api/v3/depth", "symbol=BTCUSDT")).Json.GetProperty("asks");
        var ((first, most), (second, _)) = (LevelOf(asks[0]), LevelOf(asks[1]));
        var step = 0.00019m;
        Assert.NotEqual(0, most % step);
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", $$"""{"filters":{"stepSize":{{step.ToString(CultureInfo.InvariantCulture)}} } }""");

        // What so many steps would cost if the part of a step at the best price could be had there.
        var quantity = step * (decimal.Floor(most / step) + 20);
        var value = (most * first) + ((quantity - most) * second);
        var order = await visitor.OrderAsync(string.Create(CultureInfo.InvariantCulture, $"side=BUY&type=MARKET&quoteOrderQty={decimal.Round(value, 8):0.########}"));
        Assert.Equal(2, order.Json.GetProperty("fills").GetArrayLength());
        Assert.Equal(quantity - step, decimal.Parse(order.Field("executedQty"), CultureInfo.InvariantCulture));
        Assert.InRange(decimal.Parse(order.Field("cummulativeQuoteQty"), CultureInfo.InvariantCulture), 1, value);

        static (decimal Price, decimal Quantity) LevelOf(JsonElement level) => (decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture), decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_order_gets_a_part_and_the_truth_says_how_much()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.ControlAsync("PUT", "faults", """{"partialFills":1}""");

        var limit = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64260");
        Assert.Equal(("PARTIALLY_FILLED", "0.01000000"), (limit.Field("status"), limit.Field("executedQty")));
        var market = await visitor.OrderAsync("side=SELL&type=MARKET&quantity=0.02");
        Assert.Equal(("EXPIRED", "0.01000000"), (market.Field("status"), market.Field("executedQty")));

        var fills = (await visitor.ControlAsync("GET", "fills")).Json.GetProperty("fills");
        Assert.Equal("BUY 0.01000000,SELL 0.01000000", string.Join(',', fills.EnumerateArray().Select(fill => $"{fill.GetProperty("side")} {fill.GetProperty("qty")}")));
        Assert.Equal(2, (await visitor.ControlAsync("GET", "balances")).Json.GetProperty("accounts")[0].GetProperty("balances").GetArrayLength());
        Assert.Equal("64250.00000000", (await visitor.ControlAsync("GET", "state")).Json.GetProperty("symbols")[0].GetProperty("price").GetString());
    }
}
