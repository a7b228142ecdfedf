using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Calls;

/// <summary>Each call that places or cancels, over a real socket, answered with the JSON of the contract.</summary>
public sealed class OrderCallsTests
{
    private static readonly OrderTicket Ticket = new()
    {
        Symbol = "BTCUSDT",
        Side = OrderSide.Buy,
        Type = BinanceOrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
        Quantity = 0.01500m,
        Price = 64_250.10m,
        ClientOrderId = "cl-0002",
    };

    private static readonly OcoLegs Legs = new(66_000m, "oco-tp", 63_050m, "oco-sl", 63_000m);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limit_order_is_placed_and_answered_with_its_trades()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order", ContractJson.OrderFull);
        var order = CallsServer.ValueOf(await server.Orders.PlaceAsync(Ticket, RequestRank.Entry, Ending));
        Assert.Equal("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.015&price=64250.1&newClientOrderId=cl-0002&newOrderRespType=FULL", server.AskedAt("POST /api/v3/order"));
        Assert.Equal((91_000_002L, "cl-0002", BinanceOrderStatus.Filled, OrderSide.Buy, TimeInForce.Gtc), (order.OrderId, order.ClientOrderId, order.Status, order.Side, order.TimeInForce));
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 1, 2, DateTimeKind.Utc), order.TransactTime);
        Assert.Equal(order.Executed, order.Fills.Sum(fill => fill.Quantity));
        Assert.Equal(order.ExecutedQuote, order.Fills.Sum(fill => fill.Price * fill.Quantity));
        Assert.Equal((3_900_000_001L, 0.000009m, "BTC"), (order.Fills[1].TradeId, order.Fills[1].Commission, order.Fills[1].CommissionAsset));
        Assert.True(order.IsDone);
    }

    [Fact]
    public async Task A_market_order_says_what_it_spends_and_expired_may_have_traded()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order", ContractJson.OrderResult);
        var ticket = new OrderTicket { Symbol = "BTCUSDT", Side = OrderSide.Buy, Type = BinanceOrderType.Market, QuoteQuantity = 1_285.00m, ClientOrderId = "cl-0007", SelfTradePrevention = SelfTradePrevention.ExpireMaker };
        var order = CallsServer.ValueOf(await server.Orders.PlaceAsync(ticket, RequestRank.Entry, Ending));
        Assert.Equal("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=1285&newClientOrderId=cl-0007&newOrderRespType=FULL&selfTradePreventionMode=EXPIRE_MAKER", server.AskedAt("POST /api/v3/order"));
        Assert.Equal((BinanceOrderStatus.Expired, "INSUFFICIENT_LIQUIDITY", 0.012m, 771m), (order.Status, order.ExpiryReason, order.Executed, order.ExecutedQuote));
    }

    [Fact]
    public async Task A_short_answer_leaves_the_state_unknown()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order", ContractJson.OrderAck);
        var order = CallsServer.ValueOf(await server.Orders.PlaceAsync(Ticket, RequestRank.Entry, Ending));
        Assert.Equal((91_000_001L, BinanceOrderStatus.Unknown, false), (order.OrderId, order.Status, order.IsDone));
    }

    [Theory]
    [InlineData(400, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", BinanceErrorKind.Rejected, false)]
    [InlineData(500, "", BinanceErrorKind.ServerFailed, true)]
    [InlineData(200, "", BinanceErrorKind.Unreadable, true)]
    public async Task A_refused_order_is_not_one_of_which_nobody_knows(int status, string body, BinanceErrorKind kind, bool isUnknown)
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order", body, status);
        var error = (await server.Orders.PlaceAsync(Ticket, RequestRank.Entry, Ending)).Error!;
        Assert.Equal((kind, isUnknown), (error.Kind, error.IsOutcomeUnknown));
        Assert.Single(server.Exchange.At("POST /api/v3/order"));
    }

    [Fact]
    public async Task An_order_is_checked_without_being_placed()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order/test", "{}");
        Assert.True(CallsServer.ValueOf(await server.Orders.TestAsync(Ticket, Ending)));
        Assert.Empty(server.Exchange.At("POST /api/v3/order"));
    }

    [Fact]
    public async Task An_order_is_canceled_by_its_number_its_name_or_both()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("DELETE /api/v3/order", ContractJson.OrderCanceled);
        var canceled = CallsServer.ValueOf(await server.Orders.CancelAsync(new OrderName("BTCUSDT", 91_000_003, "cl-0003"), RequestRank.Exit, "cancel-0003", CancelRestriction.OnlyPartiallyFilled, Ending));
        Assert.Equal("symbol=BTCUSDT&orderId=91000003&origClientOrderId=cl-0003&newClientOrderId=cancel-0003&cancelRestrictions=ONLY_PARTIALLY_FILLED", server.AskedAt("DELETE /api/v3/order"));
        var order = Assert.Single(canceled.Orders);
        Assert.Equal(("cl-0003", "cancel-0003", BinanceOrderStatus.Canceled, 0.005m, -1L), (order.OrigClientOrderId, order.ClientOrderId, order.Status, order.Executed, canceled.OrderListId));
        await server.Orders.CancelAsync(OrderName.Of("BTCUSDT", "cl-0003"), RequestRank.Exit, cancellation: Ending);
        Assert.Equal("symbol=BTCUSDT&origClientOrderId=cl-0003", server.AskedAt("DELETE /api/v3/order"));
    }

    [Fact]
    public async Task With_one_leg_the_list_is_canceled_and_with_all_orders_both_kinds_come_back()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("DELETE /api/v3/order", ContractJson.Oco);
        server.Exchange.On("DELETE /api/v3/orderList", ContractJson.Oco);
        server.Exchange.On("DELETE /api/v3/openOrders", $"[{ContractJson.OrderCanceled},{ContractJson.Oco}]");
        var leg = CallsServer.ValueOf(await server.Orders.CancelAsync(new OrderName("BTCUSDT", 91_000_010), RequestRank.Exit, cancellation: Ending));
        Assert.Equal((5_001L, 2), (leg.OrderListId, leg.Orders.Count));
        var list = CallsServer.ValueOf(await server.Orders.CancelListAsync(OrderName.Of("BTCUSDT", "list-1"), RequestRank.Exit, Ending));
        Assert.Equal("symbol=BTCUSDT&listClientOrderId=list-1", server.AskedAt("DELETE /api/v3/orderList"));
        Assert.Equal(leg.OrderListId, list.OrderListId);
        var all = CallsServer.ValueOf(await server.Orders.CancelAllAsync("BTCUSDT", RequestRank.Kill, Ending));
        Assert.Equal([91_000_003L, 91_000_010L, 91_000_011L], all.Orders.Select(order => order.OrderId));
    }

    [Fact]
    public async Task One_order_in_the_stead_of_another_may_be_half_done_and_each_half_is_told()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order/cancelReplace", ContractJson.CancelReplaceHalf, 409);
        var half = CallsServer.ValueOf(await server.Orders.CancelReplaceAsync(new OrderName("BTCUSDT", 91_000_004), Ticket, mustCancel: true, RequestRank.Exit, Ending));
        Assert.EndsWith("&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=91000004", server.AskedAt("POST /api/v3/order/cancelReplace"), StringComparison.Ordinal);
        Assert.Equal((HalfResult.Success, HalfResult.Failure), (half.CancelResult, half.NewOrderResult));
        Assert.Equal((91_000_004L, null, 0), (half.Canceled!.OrderId, half.Placed, half.CancelCode));
        Assert.Equal((-2010, "Order would immediately match and take.", -2021), (half.NewOrderCode, half.NewOrderMessage, half.Error!.Code));

        server.Exchange.On("POST /api/v3/order/cancelReplace", $$"""{"cancelResult":"SUCCESS","newOrderResult":"SUCCESS","cancelResponse":{{ContractJson.OrderCanceled}},"newOrderResponse":{{ContractJson.OrderFull}}}""");
        var whole = CallsServer.ValueOf(await server.Orders.CancelReplaceAsync(new OrderName("BTCUSDT", 91_000_003), Ticket, mustCancel: false, RequestRank.Exit, Ending));
        Assert.Equal((91_000_003L, 91_000_002L, null), (whole.Canceled!.OrderId, whole.Placed!.OrderId, whole.Error));

        server.Exchange.On("POST /api/v3/order/cancelReplace", """{"code":-2022,"msg":"Order cancel-replace failed.","data":{"cancelResult":"FAILURE","newOrderResult":"NOT_ATTEMPTED","cancelResponse":{"code":-2011,"msg":"Unknown order sent."},"newOrderResponse":null}}""", 400);
        var none = CallsServer.ValueOf(await server.Orders.CancelReplaceAsync(new OrderName("BTCUSDT", 91_000_003), Ticket, mustCancel: true, RequestRank.Exit, Ending));
        Assert.Equal((HalfResult.Failure, HalfResult.NotAttempted, -2011, "Unknown order sent.", 0), (none.CancelResult, none.NewOrderResult, none.CancelCode, none.CancelMessage, none.NewOrderCode));
    }

    [Theory]
    [InlineData("""{"code":-2021,"msg":"x"}""")]
    [InlineData("")]
    public async Task Half_done_without_a_word_which_half_is_unknown(string body)
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/order/cancelReplace", body, 409);
        Assert.True((await server.Orders.CancelReplaceAsync(new OrderName("BTCUSDT", 1), Ticket, mustCancel: true, RequestRank.Exit, Ending)).Error!.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(OrderSide.Sell, "aboveType=LIMIT_MAKER&aboveClientOrderId=oco-tp&abovePrice=66000&belowType=STOP_LOSS_LIMIT&belowClientOrderId=oco-sl&belowStopPrice=63050&belowPrice=63000&belowTimeInForce=GTC")]
    [InlineData(OrderSide.Buy, "aboveType=STOP_LOSS_LIMIT&aboveClientOrderId=oco-sl&aboveStopPrice=63050&abovePrice=63000&aboveTimeInForce=GTC&belowType=LIMIT_MAKER&belowClientOrderId=oco-tp&belowPrice=66000")]
    public async Task An_OCO_has_its_target_on_the_side_of_profit(OrderSide side, string legs)
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/orderList/oco", ContractJson.Oco);
        var list = CallsServer.ValueOf(await server.Orders.PlaceOcoAsync(
            new OcoTicket { Symbol = "BTCUSDT", Side = side, Quantity = 0.01m, ListClientOrderId = "list-1", Legs = Legs }, RequestRank.Exit, Ending));
        Assert.Equal(
            $"symbol=BTCUSDT&listClientOrderId=list-1&side={(side == OrderSide.Sell ? "SELL" : "BUY")}&quantity=0.01&{legs}&newOrderRespType=FULL",
            server.AskedAt("POST /api/v3/orderList/oco"));
        Assert.Equal((5_001L, "OCO", OrderListStatus.Executing, "list-1"), (list.OrderListId, list.ContingencyType, list.ListOrderStatus, list.ListClientOrderId));
        Assert.Equal([new ListedOrder("BTCUSDT", 91_000_010, "oco-sl"), new ListedOrder("BTCUSDT", 91_000_011, "oco-tp")], list.Orders);
        Assert.Equal((63_050m, null), (list.OrderReports[0].StopPrice, list.OrderReports[0].WorkingTime));
        Assert.NotNull(list.OrderReports[1].WorkingTime);
    }

    [Fact]
    public async Task An_OTOCO_covers_what_it_buys_by_a_stop_at_the_market()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("POST /api/v3/orderList/otoco", ContractJson.Oco.Replace("\"NEW\"", "\"PENDING_NEW\"", StringComparison.Ordinal).Replace("\"OCO\"", "\"OTO\"", StringComparison.Ordinal));
        var list = CallsServer.ValueOf(await server.Orders.PlaceOtocoAsync(
            new OtocoTicket
            {
                Symbol = "BTCUSDT",
                Side = OrderSide.Buy,
                Quantity = 0.01m,
                CoveredQuantity = 0.00999m,
                Price = 64_000m,
                ClientOrderId = "entry-1",
                ListClientOrderId = "list-2",
                Legs = Legs with { StopLimitPrice = 0 },
            },
            RequestRank.Entry,
            Ending));
        Assert.Equal(
            "symbol=BTCUSDT&listClientOrderId=list-2&workingType=LIMIT&workingSide=BUY&workingClientOrderId=entry-1&workingPrice=64000&workingQuantity=0.01&workingTimeInForce=GTC"
            + "&pendingSide=SELL&pendingQuantity=0.00999&pendingAboveType=LIMIT_MAKER&pendingAboveClientOrderId=oco-tp&pendingAbovePrice=66000"
            + "&pendingBelowType=STOP_LOSS&pendingBelowClientOrderId=oco-sl&pendingBelowStopPrice=63050&newOrderRespType=FULL",
            server.AskedAt("POST /api/v3/orderList/otoco"));
        Assert.All(list.OrderReports, order => Assert.Equal(BinanceOrderStatus.PendingNew, order.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("a-name-of-more-than-thirty-six-letters")]
    public async Task A_name_that_the_exchange_would_refuse_is_not_sent(string id)
    {
        await using var server = await CallsServer.StartAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => server.Orders.PlaceAsync(Ticket with { ClientOrderId = id }, RequestRank.Entry, Ending));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Orders.CancelAsync(new OrderName("BTCUSDT", 0), RequestRank.Exit, cancellation: Ending));
        Assert.Empty(server.Exchange.All);
    }
}
