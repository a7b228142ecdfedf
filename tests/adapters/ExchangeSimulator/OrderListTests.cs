using System.Net;
using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Orders that depend on each other.</summary>
public class OrderListTests
{
    private const string Oco = "symbol=BTCUSDT&side=SELL&quantity=0.5&listClientOrderId=list-1&aboveType=LIMIT_MAKER&abovePrice=64300&aboveClientOrderId=tp&belowType=STOP_LOSS_LIMIT&belowStopPrice=64200&belowPrice=64150&belowTimeInForce=GTC&belowClientOrderId=sl";

    [Fact]
    public async Task A_pair_locks_for_one_leg_and_is_told_stop_leg_first()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco);

        Sample.Fits(Fixtures.ListHead, heard.Json);
        Sample.Fits(Fixtures.StopLeg, heard.Json.GetProperty("orderReports")[0]);
        Sample.Fits(Fixtures.ProfitLeg, heard.Json.GetProperty("orderReports")[1]);
        Assert.Equal("BTC 0.50000000 0.50000000, USDT 10000.00000000 0.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")));
        var found = await visitor.SignedAsync("GET", "/api/v3/orderList", "origClientOrderId=list-1");
        Sample.Fits(Fixtures.ListHead.Replace(",\"orderReports\":[]", "", StringComparison.Ordinal), found.Json);
        Assert.Equal(1, (await visitor.SignedAsync("GET", "/api/v3/openOrderList")).Json.GetArrayLength());
        Assert.Equal("Duplicate order sent.", (await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco)).Text);

        var canceled = await visitor.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=tp");
        Assert.Equal(("ALL_DONE", "ALL_DONE"), (canceled.Field("listStatusType"), canceled.Field("listOrderStatus")));
        Assert.All(canceled.Json.GetProperty("orderReports").EnumerateArray(), report => Assert.Equal("CANCELED", report.GetProperty("status").GetString()));
        Assert.Equal("BTC 1.00000000 0.00000000, USDT 10000.00000000 0.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")));
        Assert.Equal(HttpStatusCode.OK, (await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco)).Status);
    }

    [Fact]
    public async Task The_older_writing_of_a_pair_makes_the_same_orders()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.SignedAsync("POST", "/api/v3/order/oco", "symbol=BTCUSDT&side=BUY&quantity=0.1&price=64200&limitClientOrderId=tp&stopPrice=64300&stopClientOrderId=sl");

        Assert.Equal("STOP_LOSS 64300.00000000 sl, LIMIT_MAKER 64200.00000000 tp", string.Join(", ", heard.Json.GetProperty("orderReports").EnumerateArray().Select(leg => $"{leg.GetProperty("type")} {(leg.TryGetProperty("stopPrice", out var stop) ? stop : leg.GetProperty("price"))} {leg.GetProperty("clientOrderId")}")));
        Assert.Equal("2", heard.Header("X-MBX-ORDER-COUNT-10S"));
        Assert.Equal("Parameter 'stopLimitTimeInForce' sent when not required.", (await visitor.SignedAsync("POST", "/api/v3/order/oco", "symbol=BTCUSDT&side=BUY&quantity=0.1&price=64200&stopPrice=64300&stopLimitTimeInForce=GTC")).Text);
        Assert.Equal("Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!", (await visitor.SignedAsync("POST", "/api/v3/order/oco", "symbol=BTCUSDT&side=BUY&quantity=0.1&price=64200")).Text);
    }

    [Theory]
    // Up through the target: its first partial trade expires the stop, as on the real exchange.
    [InlineData(64400, "tp", "sl", 0.04)]
    // Down through the stop: the target expires before the stop trades.
    [InlineData(64100, "sl", "tp", 100)]
    public async Task One_leg_that_is_reached_expires_the_other(double price, string reached, string expired, double volume)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.OfVolume(31 * volume, 64250, price), options => options.Market.MaxVolumeShare = 1);
        await visitor.SignedAsync("POST", "/api/v3/orderList/oco", Oco);

        // The first minute stands still; half-way of the second leg of the next one, the price has come.
        visitor.Time.Pass(TimeSpan.FromSeconds(price > 64250 ? 89 : 75));

        var loser = await FindAsync(visitor, expired);
        Assert.Equal(("EXPIRED", "OCO_TRIGGER", "0.00000000"), (loser.Field("status"), loser.Field("expiryReason"), loser.Field("executedQty")));
        var winner = await FindAsync(visitor, reached);
        Assert.NotEqual("0.00000000", winner.Field("executedQty"), StringComparer.Ordinal);
        if (string.Equals(reached, "tp", StringComparison.Ordinal)) Assert.Equal("PARTIALLY_FILLED", winner.Field("status"));
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=64200&belowType=STOP_LOSS&belowStopPrice=64100", -2010, "The relationship of the prices for the orders is not correct.")]
    [InlineData("symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=64300&belowType=LIMIT_MAKER&belowPrice=64100", -1158, "Invalid order type for the legs of an order list.")]
    [InlineData("symbol=BTCUSDT&side=SELL&quantity=1.5&aboveType=LIMIT_MAKER&abovePrice=64300&belowType=STOP_LOSS&belowStopPrice=64100", -2010, "Account has insufficient balance for requested action.")]
    [InlineData("symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=64300&belowType=STOP_LOSS_LIMIT&belowStopPrice=64100&belowPrice=64000", -1102, "Mandatory parameter 'belowTimeInForce' was not sent, was empty/null, or malformed.")]
    public async Task A_pair_that_is_wrong_leaves_nothing_behind(string query, int code, string text)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.SignedAsync("POST", "/api/v3/orderList/oco", query);

        Assert.Equal((code, text), (heard.Code, heard.Text));
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/allOrderList")).Json.GetArrayLength());
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/allOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal("BTC 1.00000000 0.00000000, USDT 10000.00000000 0.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")));
    }

    [Theory]
    [InlineData("otoco", "&pendingQuantity=0.0999", "0.09990000")]
    // The exchange sells what was received: 0.1 less the fee of a thousandth.
    [InlineData("opoco", "", "0.09990000")]
    public async Task An_entry_brings_its_protection_with_it(string kind, string quantity, string protectedQuantity)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64200));
        var query = "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=64225&workingQuantity=0.1&workingTimeInForce=GTC&pendingSide=SELL" + quantity
            + "&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=64300&pendingAboveClientOrderId=tp&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=64100&pendingBelowClientOrderId=sl";

        var heard = await visitor.SignedAsync("POST", $"/api/v3/orderList/{kind}", query);

        Assert.Equal("OTO", heard.Field("contingencyType"));
        Assert.Equal("NEW PENDING_NEW PENDING_NEW", Statuses(heard.Json.GetProperty("orderReports")));
        Assert.Equal(quantity.Length > 0, heard.Json.GetProperty("orderReports")[1].TryGetProperty("origQty", out _));
        visitor.Time.Pass(TimeSpan.FromSeconds(80));
        Assert.Equal("FILLED", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1")).Field("status"));
        foreach (var leg in (string[])["tp", "sl"])
        {
            var found = await FindAsync(visitor, leg);
            Assert.Equal(("NEW", protectedQuantity), (found.Field("status"), found.Field("origQty")));
        }

        Assert.StartsWith("BTC 1.00000000 0.09990000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_trades_at_once_still_tells_its_protection_as_pending()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.SignedAsync("POST", "/api/v3/orderList/otoco", "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=64260&workingQuantity=0.1&workingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.09&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=64300&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=64100");

        Assert.Equal("FILLED PENDING_NEW PENDING_NEW", Statuses(heard.Json.GetProperty("orderReports")));
        Assert.Equal(2, (await visitor.SignedAsync("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.EnumerateArray().Count(order => order.GetProperty("status").ValueEquals("NEW")));
    }

    [Fact]
    public async Task What_a_purchase_brings_is_not_protected_when_it_is_too_little_for_an_order()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Filters["BTCUSDT"] = new() { MinQuantity = 0.001m });

        await visitor.SignedAsync("POST", "/api/v3/orderList/opo", "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=64260&workingQuantity=0.001&workingTimeInForce=GTC&pendingType=LIMIT&pendingPrice=65000&pendingTimeInForce=GTC");

        var pending = await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=2");
        Assert.Equal(("EXPIRED", "REJECTED"), (pending.Field("status"), pending.Field("expiryReason")));
        Assert.Equal("BTC 1.00099900 0.00000000", OrderTests.Balances(await visitor.SignedAsync("GET", "/api/v3/account")).Split(',')[0]);
    }

    [Fact]
    public async Task Protection_of_an_entry_that_is_taken_back_goes_with_it()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.SignedAsync("POST", "/api/v3/orderList/oto", "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=64000&workingQuantity=0.1&workingTimeInForce=GTC&pendingType=LIMIT&pendingSide=SELL&pendingPrice=65000&pendingQuantity=0.1&pendingTimeInForce=GTC");

        var canceled = await visitor.SignedAsync("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&orderListId=1");

        Assert.Equal("CANCELED CANCELED", Statuses(canceled.Json.GetProperty("orderReports")));
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/openOrders")).Json.GetArrayLength());
    }

    [Theory]
    // Source: the contract, 8.4.
    [InlineData("side=BUY&type=STOP_LOSS_LIMIT&stopPrice=44000&trailingDelta=500&price=45000&timeInForce=GTC", 44100, "40000 37000 44000 46000 42000 44100")]
    [InlineData("side=SELL&type=STOP_LOSS&trailingDelta=700", 42315, "40000 42000 39500 45500 42315")]
    [InlineData("side=BUY&type=TAKE_PROFIT&stopPrice=38000&trailingDelta=850", 40145, "40000 38000 37000 39000 40145")]
    [InlineData("side=SELL&type=TAKE_PROFIT&stopPrice=42000&trailingDelta=750", 43012.5, "40000 42000 46500 43012.5")]
    public async Task A_stop_that_follows_goes_off_where_the_contract_says(string order, double goesOffAt, string prices)
    {
        double[] path = [.. prices.Split(' ').Select(price => double.Parse(price, System.Globalization.CultureInfo.InvariantCulture))];
        // Minutes of one trade each way: the price goes straight from one station to the next.
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(path), options =>
        {
            (options.Market.TicksPerLeg, options.Market.Path) = (1, BarPath.ByClose);
            options.Accounts[0].Balances["USDT"] = 100_000;
        });
        await visitor.OrderAsync($"{order}&quantity=0.5");

        for (var station = 1; station < path.Length; station++)
        {
            Assert.Equal("NEW", (await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1")).Field("status"));
            visitor.Time.Pass(TimeSpan.FromMinutes(1));
        }

        visitor.Time.Pass(TimeSpan.FromMinutes(1));
        var found = await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1");
        Assert.Equal("FILLED", found.Field("status"));
        var average = double.Parse(found.Field("cummulativeQuoteQty"), System.Globalization.CultureInfo.InvariantCulture) / 0.5;
        Assert.InRange(average, goesOffAt - 5, goesOffAt + 5);
    }

    private static Task<Heard> FindAsync(Visitor visitor, string clientId) => visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={clientId}");

    private static string Statuses(JsonElement reports) => string.Join(' ', reports.EnumerateArray().Select(report => report.GetProperty("status")));
}
