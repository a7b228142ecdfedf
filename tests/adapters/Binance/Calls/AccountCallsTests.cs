using System.Globalization;
using System.Web;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Tests.Binance.Calls;

/// <summary>Each call about the account, over a real socket, answered with the JSON of the contract.</summary>
public sealed class AccountCallsTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Balances_are_exact()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/account", ContractJson.Account);
        var account = CallsServer.ValueOf(await server.Account.AccountAsync(Ending));
        Assert.Equal([new AssetBalance("BTC", 1.014985m, 0), new AssetBalance("USDT", 9036.2506m, 0)], account.Balances);
        Assert.True(account.CanTrade && account.CanWithdraw && account.CanDeposit);
        Assert.Equal(("SPOT", new DateTime(2026, 1, 1, 0, 0, 1, 2, DateTimeKind.Utc)), (account.AccountType, account.UpdateTime));
    }

    [Fact]
    public async Task Commissions_are_kept_for_an_hour_for_each_symbol()
    {
        var clock = new ManualClock();
        await using var server = await CallsServer.StartAsync(clock);
        server.Exchange.On("GET /api/v3/account/commission", ContractJson.Commission);
        var table = CallsServer.ValueOf(await server.Account.CommissionAsync("BTCUSDT", Ending));
        Assert.Equal((new CommissionRates(0.001m, 0.001m, 0, 0), new CommissionDiscount(EnabledForAccount: true, EnabledForSymbol: true, "BNB", 0.75m)), (table.StandardCommission, table.Discount));
        await server.Account.CommissionAsync("BTCUSDT", Ending);
        await server.Account.CommissionAsync("ETHUSDT", Ending);
        Assert.Equal(2, server.Exchange.At("GET /api/v3/account/commission").Count);
        clock.Advance(TimeSpan.FromHours(1));
        await server.Account.CommissionAsync("BTCUSDT", Ending);
        Assert.Equal(3, server.Exchange.At("GET /api/v3/account/commission").Count);
    }

    [Fact]
    public async Task An_order_is_found_by_its_name_and_one_that_is_not_there_is_told_by_its_number()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/order", ContractJson.OrderQuery);
        var order = CallsServer.ValueOf(await server.Account.OrderAsync(OrderName.Of("BTCUSDT", "cl-0003"), Ending));
        Assert.Equal("symbol=BTCUSDT&origClientOrderId=cl-0003", server.AskedAt("GET /api/v3/order"));
        Assert.Equal((BinanceOrderStatus.PartiallyFilled, 63_900m, 0.02m, 0.005m, 319.5m), (order.Status, order.Price, order.Quantity, order.Executed, order.ExecutedQuote));
        Assert.Equal(TimeSpan.FromSeconds(4.1), order.UpdateTime - order.Time);
        server.Exchange.On("GET /api/v3/order", """{"code":-2013,"msg":"Order does not exist."}""", 400);
        var error = (await server.Account.OrderAsync(OrderName.Of("BTCUSDT", "cl-0009"), Ending)).Error!;
        Assert.Equal((AccountCalls.NoSuchOrder, false), (error.Code, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task Orders_lists_and_trades_are_read()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/openOrders", $"[{ContractJson.OrderQuery}]");
        server.Exchange.On("GET /api/v3/allOrders", $"[{ContractJson.OrderQuery}]");
        server.Exchange.On("GET /api/v3/myTrades", ContractJson.Trades);
        server.Exchange.On("GET /api/v3/orderList", ContractJson.Oco);
        Assert.Equal(91_000_003, Assert.Single(CallsServer.ValueOf(await server.Account.OpenOrdersAsync("BTCUSDT", Ending))).OrderId);
        Assert.Equal("symbol=BTCUSDT", server.AskedAt("GET /api/v3/openOrders"));
        Assert.Single(CallsServer.ValueOf(await server.Account.OpenOrdersAsync(symbol: null, Ending)));
        Assert.Equal("", server.AskedAt("GET /api/v3/openOrders"));
        Assert.Single(CallsServer.ValueOf(await server.Account.AllOrdersAsync("BTCUSDT", 91_000_000, 500, Ending)));
        Assert.Equal("symbol=BTCUSDT&orderId=91000000&limit=500", server.AskedAt("GET /api/v3/allOrders"));
        var trade = Assert.Single(CallsServer.ValueOf(await server.Account.TradesOfAsync("BTCUSDT", 91_000_002, Ending)));
        Assert.Equal("symbol=BTCUSDT&orderId=91000002&limit=1000", server.AskedAt("GET /api/v3/myTrades"));
        Assert.Equal((3_900_000_001L, 64_250m, 0.009m, 578.25m, 0.000009m, "BTC", true, false), (trade.Id, trade.Price, trade.Quantity, trade.QuoteQuantity, trade.Commission, trade.CommissionAsset, trade.IsBuyer, trade.IsMaker));
        Assert.Single(CallsServer.ValueOf(await server.Account.TradesAsync("BTCUSDT", 3_900_000_000, 10, Ending)));
        Assert.Equal("symbol=BTCUSDT&fromId=3900000000&limit=10", server.AskedAt("GET /api/v3/myTrades"));
        Assert.Equal(5_001, CallsServer.ValueOf(await server.Account.OrderListAsync(OrderName.Of("BTCUSDT", "list-1"), Ending)).OrderListId);
        Assert.Equal("origClientOrderId=list-1", server.AskedAt("GET /api/v3/orderList"));
    }

    [Fact]
    public async Task An_order_with_more_trades_than_one_answer_holds_is_told_whole()
    {
        await using var server = await CallsServer.StartAsync();
        // 2,500 trades, of which the exchange tells the latest where it is not said from which on.
        server.Exchange.On("GET /api/v3/myTrades", (request, context) =>
        {
            var asked = HttpUtility.ParseQueryString(request.Text);
            var limit = int.Parse(asked["limit"]!, CultureInfo.InvariantCulture);
            var first = asked["fromId"] is { } from ? Math.Max(501, long.Parse(from, CultureInfo.InvariantCulture)) : 3_001 - limit;
            var rows = Enumerable.Range((int)first, (int)Math.Min(limit, 3_001 - first)).Select(id => $$"""{"symbol":"BTCUSDT","id":{{id}},"orderId":7,"price":"1","qty":"2","quoteQty":"2","commission":"0","commissionAsset":"BTC","time":1,"isBuyer":true,"isMaker":false}""");
            return context.Response.WriteAsync($"[{string.Join(',', rows)}]");
        });
        var trades = CallsServer.ValueOf(await server.Account.TradesOfAsync("BTCUSDT", 7, Ending));
        Assert.Equal(Enumerable.Range(501, 2_500).Select(id => (long)id), trades.Select(trade => trade.Id));
        Assert.Equal("symbol=BTCUSDT&orderId=7&fromId=2501&limit=1000", server.AskedAt("GET /api/v3/myTrades"));
    }

    [Fact]
    public async Task Orders_that_were_counted_before_the_start_count_on()
    {
        await using var server = await CallsServer.StartAsync(new ManualClock());
        server.Exchange.On("GET /api/v3/rateLimit/order", ContractJson.OrderCounts.Replace("\"count\":3", "\"count\":50", StringComparison.Ordinal));
        Assert.Null(await server.Account.LearnOrderCountsAsync(Ending));
        Assert.False(server.Gate.EnterAsync(new RequestCost(1, 1, "main"), RequestRank.Kill, Ending).IsCompleted);
        Assert.True(server.Gate.EnterAsync(new RequestCost(1, 1, "other"), RequestRank.Kill, Ending).IsCompleted);
    }
}
