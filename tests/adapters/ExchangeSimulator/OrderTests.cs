using System.Net;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Orders over real sockets: what each answer has, and what becomes of balances.</summary>
public class OrderTests
{
    [Fact]
    public async Task An_order_at_the_market_takes_from_the_book_and_pays_its_fee_in_what_it_buys()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var heard = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01&newClientOrderId=cl-1");

        Sample.Fits(Fixtures.OrderFull, heard.Json);
        Assert.Equal(("FILLED", "0.01000000", "642.50010000"), (heard.Field("status"), heard.Field("executedQty"), heard.Field("cummulativeQuoteQty")));
        Assert.Equal(("0.00001000", "BTC"), (heard.Json.GetProperty("fills")[0].GetProperty("commission").GetString(), heard.Json.GetProperty("fills")[0].GetProperty("commissionAsset").GetString()));
        var account = await visitor.SignedAsync("GET", "/api/v3/account");
        Sample.Fits(Fixtures.Account, account.Json);
        Assert.Equal("BTC 1.00999000 0.00000000, USDT 9357.49990000 0.00000000", Balances(account));
        Sample.Fits(Fixtures.MyTrades, (await visitor.SignedAsync("GET", "/api/v3/myTrades", "symbol=BTCUSDT")).Json);
        Sample.Fits(Fixtures.Commission, (await visitor.SignedAsync("GET", "/api/v3/account/commission", "symbol=BTCUSDT")).Json);
    }

    [Fact]
    public async Task A_sale_pays_its_fee_in_what_it_brings_and_one_by_value_is_rounded_to_the_step()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        var sold = await visitor.OrderAsync("side=SELL&type=MARKET&quantity=0.01");
        Assert.Equal("0.64249990", sold.Json.GetProperty("fills")[0].GetProperty("commission").GetString());
        var bought = await visitor.OrderAsync("side=BUY&type=MARKET&quoteOrderQty=100");
        // 100 / 64250.01 is 0.0015564...
        Assert.Equal(("0.00155000", "100.00000000", "FILLED"), (bought.Field("origQty"), bought.Field("origQuoteOrderQty"), bought.Field("status")));
    }

    [Fact]
    public async Task An_order_at_the_market_that_empties_the_book_expires_with_what_it_got()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Market.Levels, options.Market.LevelNotional) = (2, 1000));

        var heard = await visitor.OrderAsync("side=SELL&type=MARKET&quantity=0.9&newOrderRespType=RESULT");

        Sample.Fits(Fixtures.OrderResult, heard.Json);
        Assert.Equal((HttpStatusCode.OK, "EXPIRED", "INSUFFICIENT_LIQUIDITY"), (heard.Status, heard.Field("status"), heard.Field("expiryReason")));
        Assert.NotEqual("0.00000000", heard.Field("executedQty"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_resting_order_locks_its_money_trades_when_the_price_comes_and_frees_the_rest_when_taken_back()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.OfVolume(0.62, 64250, 64200, 64190), options => options.Market.MaxVolumeShare = 0.25);

        var placed = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64225&newClientOrderId=rest-1");
        Assert.Equal(("NEW", 0), (placed.Field("status"), placed.Json.GetProperty("fills").GetArrayLength()));
        Assert.Equal("BTC 1.00000000 0.00000000, USDT 8715.50000000 1284.50000000", Balances(await visitor.SignedAsync("GET", "/api/v3/account")));

        visitor.Time.Pass(TimeSpan.FromSeconds(73));
        var found = await visitor.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=rest-1");
        Sample.Fits(Fixtures.OrderFound, found.Json);
        // Each trade of the market is for 0.02, a quarter of which is 0.005; the twelfth second is the first to go through.
        Assert.Equal(("PARTIALLY_FILLED", "0.00500000"), (found.Field("status"), found.Field("executedQty")));
        var trades = await visitor.SignedAsync("GET", "/api/v3/myTrades", $"symbol=BTCUSDT&orderId={placed.Number("orderId")}");
        Assert.All(trades.Json.EnumerateArray(), trade => Assert.Equal(("64225.00000000", "0.00500000", true), (trade.GetProperty("price").GetString(), trade.GetProperty("qty").GetString(), trade.GetProperty("isMaker").GetBoolean())));

        var canceled = await visitor.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=rest-1&newClientOrderId=bye-1");
        Sample.Fits(Fixtures.OrderCanceled, canceled.Json);
        Assert.Equal(("rest-1", "bye-1", "CANCELED"), (canceled.Field("origClientOrderId"), canceled.Field("clientOrderId"), canceled.Field("status")));
        Assert.EndsWith(" 0.00000000", Balances(await visitor.SignedAsync("GET", "/api/v3/account")), StringComparison.Ordinal);
        Assert.Equal(-2011, (await visitor.SignedAsync("DELETE", "/api/v3/order", $"symbol=BTCUSDT&orderId={placed.Number("orderId")}")).Code);
        Assert.Equal("bye-1", (await visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={placed.Number("orderId")}")).Field("clientOrderId"));
    }

    [Fact]
    public async Task Answers_say_as_much_as_was_asked_and_by_default_what_the_kind_of_order_says()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));

        Sample.Fits(Fixtures.OrderAck, (await visitor.OrderAsync("side=SELL&type=LIMIT_MAKER&quantity=0.01&price=64300")).Json);
        Sample.Fits(Fixtures.OrderAck, (await visitor.OrderAsync("side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.01&price=63000&stopPrice=63050")).Json);
        Sample.Fits(Fixtures.OrderAck, (await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01&newOrderRespType=ACK")).Json);
        Assert.Equal("{}", (await visitor.SignedAsync("POST", "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01")).Json.GetRawText());
        var rates = await visitor.SignedAsync("POST", "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&computeCommissionRates=true");
        Assert.Equal("0.00100000", rates.Json.GetProperty("standardCommissionForOrder").GetProperty("taker").GetString());
        Assert.Equal(2, (await visitor.SignedAsync("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal(3, (await visitor.SignedAsync("GET", "/api/v3/allOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal(2, (await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal(-2011, (await visitor.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")).Code);
    }

    [Fact]
    public async Task An_id_is_taken_while_its_order_is_open_and_free_again_afterwards()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        const string Order = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000&newClientOrderId=same";

        await visitor.OrderAsync(Order);
        var twice = await visitor.OrderAsync(Order);
        Assert.Equal((-2010, "Duplicate order sent."), (twice.Code, twice.Text));
        await visitor.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=same");
        Assert.Equal(HttpStatusCode.OK, (await visitor.OrderAsync(Order)).Status);
    }

    [Fact]
    public async Task Orders_that_may_not_wait_expire_with_their_reason()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => (options.Market.Levels, options.Market.LevelNotional) = (1, 1000));

        var some = await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=IOC&quantity=0.1&price=64200");
        Assert.Equal(("EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED"), (some.Field("status"), some.Field("expiryReason")));
        Assert.NotEqual("0.00000000", some.Field("executedQty"), StringComparer.Ordinal);
        var none = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.1&price=64300");
        Assert.Equal(("EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED", "0.00000000"), (none.Field("status"), none.Field("expiryReason"), none.Field("executedQty")));
        var crossing = await visitor.OrderAsync("side=BUY&type=LIMIT_MAKER&quantity=0.1&price=64250.01");
        Assert.Equal("Order would immediately match and take.", crossing.Text);
    }

    [Fact]
    public async Task A_stop_goes_off_when_the_price_comes_and_trades_at_the_market()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64100));

        var stop = await visitor.OrderAsync("side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=64200&newOrderRespType=RESULT");
        Assert.Equal((-1, "64200.00000000"), (stop.Number("workingTime"), stop.Field("stopPrice")));
        Assert.Equal("Order would trigger immediately.", (await visitor.OrderAsync("side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=64250")).Text);

        visitor.Time.Pass(TimeSpan.FromMinutes(2));
        var found = await visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={stop.Number("orderId")}");
        Assert.Equal(("FILLED", "STOP_LOSS"), (found.Field("status"), found.Field("type")));
        // The price passes 64200 on its way, and the best bid is one tick below it.
        Assert.Equal("641.99990000", found.Field("cummulativeQuoteQty"));
    }

    [Fact]
    public async Task Fees_are_taken_in_the_exchanges_coin_as_long_as_there_is_enough_of_it()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.WithCoin(64250, 600), options =>
        {
            options.Accounts[0].PaysWithBnb = true;
            options.Accounts[0].Balances["BNB"] = 0.001m;
        });

        var first = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");
        // 642.5001 * 0.001 * 0.75 / 600
        Assert.Equal(("0.00080312", "BNB"), FeeOf(first));
        var second = await visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");
        Assert.Equal(("0.00001000", "BTC"), FeeOf(second));
    }

    [Theory]
    [InlineData("STOP_ON_FAILURE", 1, 0.01, 200, 0)]
    [InlineData("STOP_ON_FAILURE", 1, 50, 409, -2021)]
    [InlineData("STOP_ON_FAILURE", 99, 0.01, 400, -2022)]
    [InlineData("ALLOW_FAILURE", 99, 0.01, 409, -2021)]
    [InlineData("ALLOW_FAILURE", 99, 50, 400, -2022)]
    public async Task A_replacement_has_two_halves_that_fail_for_themselves(string mode, int id, double quantity, int status, int code)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64400");

        var heard = await visitor.SignedAsync("POST", "/api/v3/order/cancelReplace", FormattableString.Invariant($"symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity={quantity}&price=64500&cancelReplaceMode={mode}&cancelOrderId={id}"));

        Assert.Equal(status, (int)heard.Status);
        var halves = heard.Json;
        if (code != 0)
        {
            Assert.Equal(code, heard.Code);
            halves = halves.GetProperty("data");
        }

        Assert.Equal(id == 1 ? "SUCCESS" : "FAILURE", halves.GetProperty("cancelResult").GetString());
        var isAttempted = id == 1 || string.Equals(mode, "ALLOW_FAILURE", StringComparison.Ordinal);
        Assert.Equal(!isAttempted ? "NOT_ATTEMPTED" : quantity < 1 ? "SUCCESS" : "FAILURE", halves.GetProperty("newOrderResult").GetString());
        Assert.Equal("cancelResult,newOrderResult,cancelResponse,newOrderResponse", string.Join(',', halves.EnumerateObject().Select(field => field.Name)));
        Sample.Fits(id == 1 ? Fixtures.OrderCanceled : """{"code":-2011,"msg":"Unknown order sent."}""", halves.GetProperty("cancelResponse"));
    }

    [Theory]
    [InlineData(SelfTradePrevention.ExpireMaker, "NEW", "EXPIRED_IN_MATCH", null, "3.00000000")]
    [InlineData(SelfTradePrevention.ExpireTaker, "EXPIRED_IN_MATCH", "NEW", "3.00000000", null)]
    [InlineData(SelfTradePrevention.ExpireBoth, "EXPIRED_IN_MATCH", "EXPIRED_IN_MATCH", "3.00000000", "3.00000000")]
    [InlineData(SelfTradePrevention.Decrement, "EXPIRED_IN_MATCH", "EXPIRED_IN_MATCH", "3.00000000", "3.00000000")]
    public async Task An_account_does_not_trade_with_itself(SelfTradePrevention mode, string taker, string maker, string? takerPrevented, string? makerPrevented)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100), options =>
        {
            options.Market.HalfSpreadBps = 100;
            options.Accounts[0].Balances["BTC"] = 10;
        });
        var bid = await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=3&price=99.5");

        var ask = await visitor.OrderAsync($"side=SELL&type=LIMIT&timeInForce=GTC&quantity=3&price=99.5&selfTradePreventionMode={Term<SelfTradePrevention>.Of(mode)}");

        Assert.Equal(taker, ask.Field("status"));
        Assert.Equal(takerPrevented, ask.Json.TryGetProperty("preventedQuantity", out var quantity) ? quantity.GetString() : null);
        var found = await visitor.SignedAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={bid.Number("orderId")}");
        Assert.Equal(maker, found.Field("status"));
        Assert.Equal(makerPrevented, found.Json.TryGetProperty("preventedQuantity", out quantity) ? quantity.GetString() : null);
        var match = ask.Json.GetProperty("preventedMatches")[0];
        Assert.Equal(("99.50000000", bid.Number("orderId")), (match.GetProperty("price").GetString(), match.GetProperty("makerOrderId").GetInt64()));
        Assert.Equal(0, (await visitor.SignedAsync("GET", "/api/v3/myTrades", "symbol=BTCUSDT")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Two_accounts_trade_with_each_other_at_the_price_of_who_was_there()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100), options =>
        {
            options.Market.HalfSpreadBps = 100;
            options.Accounts.Add(new() { Name = "second", Keys = { new() { ApiKey = "second", Secret = "s" } }, Balances = { ["BTC"] = 1, ["USDT"] = 1000 } });
        });
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.5&price=99.6");
        Assert.Equal("99.60000000", (await visitor.GetAsync("/api/v3/ticker/bookTicker", "symbol=BTCUSDT")).Field("bidPrice"));

        var sold = await visitor.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.5&price=99.2", "second", "s");

        Assert.Equal(("FILLED", "49.80000000"), (sold.Field("status"), sold.Field("cummulativeQuoteQty")));
        Assert.Equal("BTC 1.49950000 0.00000000, USDT 9950.20000000 0.00000000", Balances(await visitor.SignedAsync("GET", "/api/v3/account")));
        Assert.Equal("BTC 0.50000000 0.00000000, USDT 1049.75020000 0.00000000", Balances(await visitor.SignedAsync("GET", "/api/v3/account", "", "second", "s")));
    }

    private static (string?, string?) FeeOf(Heard heard)
    {
        var fill = heard.Json.GetProperty("fills")[0];
        return (fill.GetProperty("commission").GetString(), fill.GetProperty("commissionAsset").GetString());
    }

    internal static string Balances(Heard account) =>
        string.Join(", ", account.Json.GetProperty("balances").EnumerateArray().Select(balance => $"{balance.GetProperty("asset")} {balance.GetProperty("free")} {balance.GetProperty("locked")}"));
}
