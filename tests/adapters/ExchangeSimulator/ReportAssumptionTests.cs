using System.Net;
using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What Binance's documentation leaves open of answers, events, fees and counts: each setting both ways, the default first.</summary>
public class ReportAssumptionTests
{
    private const string Oco = "symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=64300&belowType=STOP_LOSS_LIMIT&belowStopPrice=64200&belowPrice=64150&belowTimeInForce=GTC";

    [Theory]
    [InlineData(true, "NEW NEW TRADE")]
    [InlineData(false, "NEW TRADE")]
    public async Task A_price_that_has_come_is_told_by_a_second_report_or_by_the_trade_alone(bool tells, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64100), options => options.Assumptions.TellsOfTrigger = tells);
        await using var events = await WebSocketApiTests.SubscribedAsync(visitor);

        await visitor.OrderAsync("side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=64200");
        visitor.Time.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(expected, string.Join(' ', (await EventsAsync(events)).Where(IsReport).Select(report => report.GetProperty("x"))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_state_of_a_list_comes_where_it_changed_or_anywhere_among_the_reports(bool shuffles)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.ShufflesListStatus = shuffles);
        await using var events = await WebSocketApiTests.SubscribedAsync(visitor);
        var orders = new HashSet<string>(StringComparer.Ordinal);

        for (var i = 0; i < 12; i++)
        {
            await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco);
            orders.Add(string.Join(' ', (await EventsAsync(events)).Select(told => told.GetProperty("e"))));
            await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
            await EventsAsync(events);
        }

        Assert.Contains("listStatus executionReport executionReport outboundAccountPosition", orders);
        Assert.Equal(shuffles, orders.Contains("executionReport executionReport listStatus outboundAccountPosition"));
        if (!shuffles) Assert.Single(orders);
    }

    [Theory]
    [InlineData(true, "31 0 0 0", "0 0")]
    [InlineData(false, "31 0", "31 0")]
    public async Task Candles_without_a_trade_are_told_flat_or_left_out(bool tells, string all, string newestTwo)
    {
        // A minute of trades, two of none, and one that is under way.
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.TellsEmptyKlines = tells);
        visitor.Time.Pass(TimeSpan.FromSeconds(200));

        Assert.Equal(all, await TradesAsync(visitor, "startTime=1"));
        Assert.Equal(newestTwo, await TradesAsync(visitor, "limit=2"));
    }

    [Theory]
    [InlineData(true, "mine")]
    [InlineData(false, "")]
    public async Task The_report_of_an_amendment_has_the_id_before_it_or_none(bool tells, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.TellsReplacedId = tells);
        await using var events = await WebSocketApiTests.SubscribedAsync(visitor);

        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64000&newClientOrderId=mine");
        await visitor.SignedAsync("PUT", "/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.01&newClientOrderId=new");

        var replaced = (await EventsAsync(events)).Single(told => IsReport(told) && told.GetProperty("x").ValueEquals("REPLACED"));
        Assert.Equal((expected, "new", "NEW", "0.01000000"), (replaced.GetProperty("C").GetString(), replaced.GetProperty("c").GetString(), replaced.GetProperty("X").GetString(), replaced.GetProperty("q").GetString()));
    }

    [Theory]
    [InlineData(true, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData(false, "Filter failure: PERCENT_PRICE")]
    public async Task A_price_too_far_away_fails_a_filter_of_one_name_or_the_other(bool namesSide, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.NamesPercentPriceSide = namesSide);

        Assert.Equal((-1013, expected), Refused(await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=900000")));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    public async Task A_key_that_is_wrong_is_answered_by_one_status_or_another(int status)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.KeyErrorStatus = status);

        var heard = await visitor.SignedAsync("GET", "/api/v3/account", apiKey: "nobody");

        Assert.Equal((status, -2015), ((int)heard.Status, heard.Code));
    }

    [Theory]
    [InlineData(504)]
    [InlineData(408)]
    public async Task A_request_that_was_not_finished_is_answered_by_one_status_or_another(int status)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.TimeoutStatus = status);
        await visitor.ControlAsync("POST", "faults/next", """{"kind":"TIMEOUT_BEFORE","operation":"order.place"}""");

        var heard = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");

        Assert.Equal((status, -1007), ((int)heard.Status, heard.Code));
    }

    [Theory]
    [InlineData(MidpointRounding.ToZero, "0.00080312")]
    [InlineData(MidpointRounding.AwayFromZero, "0.00080313")]
    public async Task A_fee_is_cut_off_or_rounded(MidpointRounding rounding, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.WithCoin(64250, 600), options =>
        {
            (options.Assumptions.CommissionRounding, options.Accounts[0].PaysWithBnb) = (rounding, true);
            options.Accounts[0].Balances["BNB"] = 1;
        });

        // 642.5001 * 0.001 * 0.75 / 600 is 0.000803125125.
        var bought = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");
        Assert.Equal(expected, bought.Json.GetProperty("fills")[0].GetProperty("commission").GetString());
    }

    [Theory]
    [InlineData(1, 5, 0, 0)]
    [InlineData(0, 0, 1, 2)]
    public async Task A_first_trade_gives_back_of_the_count_of_orders_or_does_not(int taker, int maker, int afterTaker, int afterMaker)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64200), options => (options.Assumptions.CountBackForTaker, options.Assumptions.CountBackForMaker) = (taker, maker));

        await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");
        Assert.Equal(afterTaker, await CountAsync(visitor));
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64225");
        visitor.Time.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(afterMaker, await CountAsync(visitor));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.BadRequest, "EXPIRED_IN_MATCH")]
    [InlineData(true, HttpStatusCode.OK, "NEW")]
    public async Task Trades_with_oneself_are_prevented_as_is_usual_or_as_is_set(bool isSet, HttpStatusCode allowed, string maker)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100), options =>
        {
            options.Market.HalfSpreadBps = 100;
            if (isSet) (options.Assumptions.DefaultSelfTrade, options.Assumptions.AllowedSelfTrade) = (SelfTradePrevention.ExpireTaker, []);
        });

        Assert.Equal(allowed, (await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=98&selfTradePreventionMode=NONE")).Status);
        var bid = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=99.5");
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.1&price=99.5");
        Assert.Equal(maker, (await visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={bid.Number("orderId")}")).Field("status"));
    }

    private static (int, string) Refused(Heard heard) => (heard.Code, heard.Text);

    private static async Task<int> CountAsync(Visitor visitor) => (await visitor.SignedAsync("GET", "/api/v3/rateLimit/order")).Json[1].GetProperty("count").GetInt32();

    private static async Task<string> TradesAsync(Visitor visitor, string query) =>
        string.Join(' ', (await visitor.GetAsync("/api/v3/klines", $"symbol=BTCUSDT&interval=1m&{query}")).Json.EnumerateArray().Select(row => row[8]));

    private static bool IsReport(JsonElement told) => told.GetProperty("e").ValueEquals("executionReport");

    /// <summary>What has been told up to now.</summary>
    private static async Task<IReadOnlyList<JsonElement>> EventsAsync(Listener listener)
    {
        await listener.SayAsync("""{"id":"last","method":"ping"}""");
        var told = new List<JsonElement>();
        for (var message = await listener.NextAsync(); !message.TryGetProperty("id", out _); message = await listener.NextAsync()) told.Add(message.GetProperty("event"));
        return told;
    }
}
