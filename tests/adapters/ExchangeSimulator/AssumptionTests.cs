using System.Net;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What Binance's documentation leaves open of orders: each setting both ways, the default first.</summary>
public class AssumptionTests
{
    private const string Oco = "symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=64300&belowType=STOP_LOSS_LIMIT&belowStopPrice=64200&belowPrice=64150&belowTimeInForce=GTC";

    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.BadRequest)]
    public async Task An_open_orders_id_is_taken_in_its_symbol_or_in_all_of_its_account(bool spansSymbols, HttpStatusCode expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.WithCoin(64250, 600), options => options.Assumptions.ClientIdsSpanSymbols = spansSymbols);
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000&newClientOrderId=same");

        var other = await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BNBUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=590&newClientOrderId=same");

        Assert.Equal(expected, other.Status);
        if (spansSymbols) Assert.Equal((-2010, "Duplicate order sent."), (other.Code, other.Text));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Of_closed_orders_of_one_id_the_newest_or_the_oldest_is_found(bool findsOldest, long expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.FindsOldestClosed = findsOldest);
        for (var i = 0; i < 2; i++) await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01&newClientOrderId=same");

        Assert.Equal(expected, (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=same")).Number("orderId"));
    }

    [Theory]
    [InlineData(false, "BTC 0.50000000 0.50000000")]
    [InlineData(true, "BTC 0.00000000 1.00000000")]
    public async Task A_pair_locks_for_one_leg_or_for_both(bool locksBoth, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.PairsLockBothLegs = locksBoth);

        Assert.Equal(HttpStatusCode.OK, (await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco)).Status);
        Assert.Equal(expected, await CoinsAsync(visitor));
        // What neither leg alone has to have, both have.
        await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
        Assert.Equal(locksBoth ? HttpStatusCode.BadRequest : HttpStatusCode.OK, (await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco.Replace("0.5", "0.6", StringComparison.Ordinal))).Status);
    }

    [Theory]
    [InlineData(false, "BTC 1.00000000 0.00000000", HttpStatusCode.OK)]
    [InlineData(true, "BTC 0.60000000 0.40000000", HttpStatusCode.BadRequest)]
    public async Task A_pending_order_locks_what_it_needs_when_it_is_brought_in_or_from_the_start(bool locksAhead, string before, HttpStatusCode tooMuch)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64100), options => options.Assumptions.LocksPendingLegs = locksAhead);

        Assert.Equal(tooMuch, (await visitor.SignedAsync("POST", "/api/v3/orderList/oto", Oto("1.5", "64000"))).Status);
        await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
        Assert.Equal("BTC 1.00000000 0.00000000", await CoinsAsync(visitor));
        await visitor.SignedAsync("POST", "/api/v3/orderList/oto", Oto("0.4", "64200"));
        Assert.Equal(before, await CoinsAsync(visitor));

        visitor.Time.Pass(TimeSpan.FromMinutes(2));
        Assert.EndsWith(" 0.40000000", await CoinsAsync(visitor), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.BadRequest)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_purchase_beyond_the_funds_is_refused_or_spends_them(bool spendsAll, HttpStatusCode expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Assumptions.MarketBuysSpendAll, options.Market.LevelNotional) = (spendsAll, 1_000_000));

        var heard = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.9");

        Assert.Equal(expected, heard.Status);
        if (spendsAll)
        {
            // 10000 / 64250.01 is 0.155641...
            Assert.Equal(("EXPIRED", "0.15564000"), (heard.Field("status"), heard.Field("executedQty")));
            Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/openOrders")).Json.GetArrayLength());
        }
        else
        {
            Assert.Equal("Account has insufficient balance for requested action.", heard.Text);
        }
    }

    [Theory]
    [InlineData(false, "0.00155000")]
    [InlineData(true, "0.00156000")]
    public async Task The_quantity_of_an_order_by_value_is_rounded_down_or_to_the_nearest_step(bool toNearest, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.RoundsValueToNearestStep = toNearest);

        // 100 / 64250.01 is 0.0015564...
        Assert.Equal(expected, (await visitor.OrderAsync("side=BUY&type=MARKET&quoteOrderQty=100")).Field("origQty"));
    }

    [Theory]
    [InlineData("SELL", true)]
    [InlineData("SELL", false)]
    [InlineData("BUY", false)]
    public async Task A_stop_at_the_last_price_is_refused_or_waits_for_the_next_trade(string side, bool isRefused)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.EqualStopTriggers = isRefused);

        var placed = await visitor.OrderAsync($"side={side}&type=STOP_LOSS&quantity=0.01&stopPrice=64250&newOrderRespType=RESULT");

        if (isRefused)
        {
            Assert.Equal("Order would trigger immediately.", placed.Text);
            return;
        }

        Assert.Equal(("NEW", -1), (placed.Field("status"), placed.Number("workingTime")));
        visitor.Time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("FILLED", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1")).Field("status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_must_not_take_is_refused_at_the_other_sides_price_or_rests_there(bool crosses)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.EqualPriceCrosses = crosses);

        var at = await visitor.OrderAsync("side=BUY&type=LIMIT_MAKER&quantity=0.01&price=64250.01&newOrderRespType=RESULT");
        var beyond = await visitor.OrderAsync("side=BUY&type=LIMIT_MAKER&quantity=0.01&price=64250.02");

        if (crosses) Assert.Equal("Order would immediately match and take.", at.Text);
        else Assert.Equal(("NEW", "0.00000000"), (at.Field("status"), at.Field("executedQty")));
        Assert.Equal("Order would immediately match and take.", beyond.Text);
    }

    [Theory]
    [InlineData(false, "1 1", "FILLED")]
    [InlineData(false, "2", "FILLED")]
    [InlineData(true, "1 1", "NEW")]
    [InlineData(true, "2", "NEW")]
    public async Task The_next_part_of_an_iceberg_goes_behind_the_others_or_keeps_its_place(bool keepsPlace, string purchases, string behind)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100), options =>
        {
            (options.Assumptions.IcebergsKeepPlace, options.Market.HalfSpreadBps) = (keepsPlace, 100);
            options.Accounts[0].Balances["BTC"] = 10;
            options.Accounts.Add(AccountOf("second"));
            options.Accounts.Add(AccountOf("third"));
        });
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=3&icebergQty=1&price=100.5");
        await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=100.5", "second", "s");
        Assert.Equal("2.00000000", (await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT")).Field("askQty"));

        foreach (var quantity in purchases.Split(' '))
            await visitor.SignedAsync("POST", "/api/v3/order", $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity={quantity}&price=100.5", "third", "s");

        Assert.Equal(behind, (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=2", "second", "s")).Field("status"));
        Assert.Equal(keepsPlace ? "2.00000000" : "1.00000000", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1")).Field("executedQty"));
        Assert.Equal(keepsPlace ? "2.00000000" : "1.00000000", (await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT")).Field("askQty"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_amended_to_what_it_has_executed_expires_or_the_amendment_is_refused(bool expires)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.OfVolume(0.62, 64250, 64200, 64190), options => (options.Assumptions.AmendToExecutedExpires, options.Market.MaxVolumeShare) = (expires, 0.25));
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64225&newClientOrderId=mine");
        // Source of the 0.005 that it has then: OrderTests, the same market.
        visitor.Time.Pass(TimeSpan.FromSeconds(73));

        var heard = await visitor.SignedAsync("PUT", "/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.004&newClientOrderId=mine");

        var found = await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1");
        Assert.Equal((expires ? "EXPIRED" : "PARTIALLY_FILLED", expires ? "0.00500000" : "0.02000000", "0.00500000"), (found.Field("status"), found.Field("origQty"), found.Field("executedQty")));
        if (expires) Assert.Equal("EXPIRED", heard.Json.GetProperty("amendedOrder").GetProperty("status").GetString());
        else Assert.Equal((-1013, "Invalid quantity."), (heard.Code, heard.Text));
    }

    private static string Oto(string pending, string price) =>
        $"symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice={price}&workingQuantity=0.01&workingTimeInForce=GTC&pendingType=LIMIT&pendingSide=SELL&pendingPrice=65000&pendingQuantity={pending}&pendingTimeInForce=GTC";

    private static AccountOptions AccountOf(string name) => new() { Name = name, Keys = { new() { ApiKey = name, Secret = "s" } }, Balances = { ["BTC"] = 10, ["USDT"] = 10_000 } };

    private static async Task<string> CoinsAsync(Visitor visitor) => OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")).Split(',')[0];
}
