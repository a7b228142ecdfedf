using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>Orders of an account over a real socket: sent once, looked up where nobody answered, and told to the account.</summary>
public sealed class BinanceExchangeTests : IAsyncLifetime
{
    private const string Place = "POST /api/v3/order";
    private const string PlaceList = "POST /api/v3/orderList/oco";
    private const string Query = "GET /api/v3/order";
    private const string QueryList = "GET /api/v3/orderList";
    private const string Trades = "GET /api/v3/myTrades";
    private const string All = "GET /api/v3/allOrders";
    private const string Cancel = "DELETE /api/v3/order";
    private const string NoOrder = """{"code":-2013,"msg":"Order does not exist."}""";

    private readonly ManualClock _clock = new();
    private readonly OrderNames _names = new("live");
    private CallsServer _server = null!;
    private BinanceExchange _exchange = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await CallsServer.StartAsync(_clock);
        _exchange = ExchangeWith(BinanceOrderType.StopLoss);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_purchase_spends_its_budget_and_its_trades_are_told_at_once()
    {
        _server.Exchange.On(Place, """{"symbol":"BTCUSDT","orderId":91,"orderListId":-1,"clientOrderId":"a","transactTime":1767225601002,"price":"0.00000000","origQty":"0.015","executedQty":"0.01500000","cummulativeQuoteQty":"963.74","status":"FILLED","type":"MARKET","side":"BUY","fills":[{"price":"64249.90000000","qty":"0.00600000","commission":"0.00000600","commissionAsset":"BTC","tradeId":7},{"price":"64250.00000000","qty":"0.00900000","commission":"0.00000900","commissionAsset":"BTC","tradeId":8}]}""");
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(Entry(budget: 1_000.123456789m), Ending));
        Assert.Equal($"symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=1000.12345678&newClientOrderId={_names.Of(1)}&newOrderRespType=FULL", _server.AskedAt(Place));
        var reports = _exchange.TakeReports();
        Assert.Equal([(7, 0.006m, 64_249.9m, false), (8, 0.009m, 64_250m, true)], reports.Select(report => (report.TradeId, report.Quantity, report.Price, report.IsLast)));
        Assert.All(reports, report => Assert.Equal((ReportKind.Traded, 1L, FeeAsset.Base), (report.Kind, report.OrderId, report.FeeAsset)));
        Assert.Equal((0.000009m, 0.000009m * 64_250m, 0.015m), (reports[1].Fee, reports[1].FeeValue, reports[1].TradedInAll));
        Assert.Empty(_exchange.TakeReports());
    }

    [Theory]
    [InlineData(BinanceOrderType.StopLoss, "belowType=STOP_LOSS&belowClientOrderId=NAMEs&belowStopPrice=90")]
    [InlineData(BinanceOrderType.StopLossLimit, "belowType=STOP_LOSS_LIMIT&belowClientOrderId=NAMEs&belowStopPrice=90&belowPrice=85.5&belowTimeInForce=GTC")]
    public async Task A_protection_is_a_target_and_a_stop_as_the_symbol_takes_them(BinanceOrderType stop, string below)
    {
        _server.Exchange.On(PlaceList, """{"orderListId":5,"contingencyType":"OCO","listOrderStatus":"EXECUTING","listClientOrderId":"l","transactionTime":1767225608000,"symbol":"BTCUSDT","orders":[],"orderReports":[]}""");
        Assert.Equal(OrderOutcome.Accepted, await ExchangeWith(stop).SendAsync(Protection(), Ending));
        var name = _names.Of(2);
        Assert.Equal($"symbol=BTCUSDT&listClientOrderId={name}&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&aboveClientOrderId={name}t&abovePrice=120&{below.Replace("NAME", name, StringComparison.Ordinal)}&newOrderRespType=FULL", _server.AskedAt(PlaceList));
    }

    [Fact]
    public async Task An_entry_that_could_not_leave_in_time_is_never_sent_and_one_that_waits_gives_up()
    {
        _server.Exchange.On(Place, """{"symbol":"BTCUSDT","orderId":91,"status":"FILLED"}""");
        var decided = _clock.GetUtcNow().UtcDateTime;
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.TooLate), await _exchange.SendAsync(Entry(budget: 100) with { ActiveFrom = decided }, Ending));
        Assert.Empty(_server.Exchange.At(Place));
        // The limits let nothing through for longer than it may wait.
        _server.Gate.Stop(StandstillReason.TooManyRequests, TimeSpan.FromHours(1));
        var waiting = _exchange.SendAsync(Entry(budget: 100) with { ActiveFrom = decided.AddSeconds(30) }, Ending).AsTask();
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await waiting);
        Assert.Empty(_server.Exchange.At(Place));
    }

    [Theory]
    [InlineData(400, """{"code":-2010,"msg":"Market is closed."}""")]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders; current limit is 100 orders per 10 SECOND."}""")]
    public async Task A_sale_that_was_turned_away_for_the_moment_is_sent_again_without_a_look(int status, string body)
    {
        _server.Exchange.On(Place, body, status);
        var sale = Exit(OrderPurpose.Exit);
        Assert.Equal(OrderOutcome.Unknown, await _exchange.SendAsync(sale, Ending));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await _exchange.FindAsync(sale, Ending));
        Assert.Empty(_server.Exchange.At(Query));
    }

    [Fact]
    public async Task What_was_missing_once_and_was_heard_of_since_is_missing_anew()
    {
        _server.Exchange.On(Query, NoOrder, 400);
        _server.Exchange.On(All, "[]");
        var sale = Exit(OrderPurpose.Exit);
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(sale, Ending));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(sale, Ending));
        _clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await _exchange.FindAsync(sale, Ending));
    }

    [Theory]
    [InlineData(400, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", OrderPurpose.Entry, RejectReason.InsufficientBalance)]
    [InlineData(400, """{"code":-2010,"msg":"Order would trigger immediately."}""", OrderPurpose.Protection, RejectReason.WouldTriggerAtOnce)]
    [InlineData(400, """{"code":-1013,"msg":"Filter failure: NOTIONAL"}""", OrderPurpose.Exit, RejectReason.BelowMinNotional)]
    [InlineData(400, """{"code":-1013,"msg":"Filter failure: LOT_SIZE"}""", OrderPurpose.Entry, RejectReason.BadQuantity)]
    [InlineData(400, """{"code":-1013,"msg":"Filter failure: PERCENT_PRICE_BY_SIDE"}""", OrderPurpose.Entry, RejectReason.BadPrice)]
    [InlineData(400, """{"code":-2010,"msg":"Market is closed."}""", OrderPurpose.Entry, RejectReason.Refused)]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders; current limit is 100 orders per 10 SECOND."}""", OrderPurpose.Entry, RejectReason.NeverArrived)]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders; current limit is 100 orders per 10 SECOND."}""", OrderPurpose.Exit, null)]
    [InlineData(401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""", OrderPurpose.Entry, RejectReason.NeverArrived)]
    [InlineData(401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""", OrderPurpose.Exit, null)]
    [InlineData(503, "", OrderPurpose.Entry, null)]
    [InlineData(400, """{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}""", OrderPurpose.Exit, null)]
    public async Task An_error_is_a_refusal_only_where_the_exchange_has_surely_not_got_the_order(int status, string body, OrderPurpose purpose, RejectReason? reason)
    {
        _server.Exchange.On(Place, body, status);
        var request = purpose == OrderPurpose.Entry ? Entry(budget: 100) : Exit(purpose);
        var outcome = await _exchange.SendAsync(request, Ending);
        Assert.Equal(reason is { } refused ? new OrderOutcome(OrderOutcomeKind.Rejected, refused) : OrderOutcome.Unknown, outcome);
        Assert.Single(_server.Exchange.At(Place));
    }

    [Fact]
    public async Task A_look_that_nobody_answers_does_not_begin_the_wait_for_a_missing_order_anew()
    {
        _server.Exchange.On(All, "[]");
        for (var second = 0; second < 12; second++)
        {
            if (second % 2 == 0) _server.Exchange.On(Query, NoOrder, 400);
            else _server.Exchange.On(Query, "", 503);
            Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // That nobody answers is no proof either.
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        _server.Exchange.On(Query, NoOrder, 400);
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
    }

    [Fact]
    public async Task A_missing_order_has_never_arrived_only_after_it_was_missing_long_and_is_among_no_others()
    {
        _server.Exchange.On(Query, NoOrder, 400);
        _server.Exchange.On(All, "[]");
        for (var second = 0; second < 12; second++)
        {
            Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(_server.Exchange.At(All));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        // One that is sent again begins anew.
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        Assert.Contains(_server.Exchange.At(Query), asked => string.Equals(asked["origClientOrderId"], _names.CancellationOf(3), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_that_no_query_shows_is_found_among_the_latest()
    {
        _server.Exchange.On(Query, NoOrder, 400);
        _server.Exchange.On(All, $"[{Order(90, "web_1", "FILLED", 1)},{Order(91, _names.Of(3), "FILLED", 0.5m)}]");
        _server.Exchange.On(Trades, Trade(12, 91, 0.5m, "0.05", "USDT"));
        await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending);
        _clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        var report = Assert.Single(_exchange.TakeReports());
        Assert.Equal((ReportKind.Traded, 3L, 12L, true, 0.05m, FeeAsset.Quote, 0m), (report.Kind, report.OrderId, report.TradeId, report.IsLast, report.Fee, report.FeeAsset, report.FeeValue));
    }

    [Fact]
    public async Task Trades_that_the_exchange_has_counted_and_does_not_show_yet_are_asked_for_again()
    {
        _server.Exchange.On(Query, Order(91, _names.Of(3), "FILLED", 0.5m));
        _server.Exchange.On(Trades, Trade(12, 91, 0.2m, "0.0001", "BNB"));
        _server.Exchange.On("GET /api/v3/ticker/price", """{"symbol":"BNBUSDT","price":"600.00"}""");
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        var first = Assert.Single(_exchange.TakeReports());
        Assert.Equal((false, FeeAsset.Bnb, 0.06m), (first.IsLast, first.FeeAsset, first.FeeValue));

        _server.Exchange.On(Trades, $"[{Trade(12, 91, 0.2m, "0.0001", "BNB")[1..^1]},{Trade(13, 91, 0.3m, "0.0001", "BNB")[1..^1]}]");
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(Exit(OrderPurpose.Exit), Ending));
        Assert.Equal([(12L, false), (13L, true)], _exchange.TakeReports().Select(report => (report.TradeId, report.IsLast)));
    }

    [Fact]
    public async Task A_target_that_trades_in_part_has_dropped_its_stop()
    {
        ListOf(Order(91, "sl", "EXPIRED", 0, "STOP_LOSS"), Order(92, "tp", "PARTIALLY_FILLED", 0.2m, "LIMIT_MAKER"));
        _server.Exchange.On(Trades, Trade(12, 92, 0.2m, "0.02", "USDT"));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(Protection(), Ending));
        Assert.Equal(
            [(ReportKind.Traded, OcoLeg.Target, false), (ReportKind.Expired, OcoLeg.Stop, false)],
            _exchange.TakeReports().Select(report => (report.Kind, report.Leg, report.IsLast)));
    }

    [Theory]
    [InlineData("FILLED", "0.5", "EXPIRED", ReportKind.Expired)]
    [InlineData("CANCELED", "0.2", "CANCELED", ReportKind.Canceled)]
    public async Task A_list_ends_when_both_of_its_legs_are_done(string stop, string executed, string target, ReportKind end)
    {
        var traded = decimal.Parse(executed, CultureInfo.InvariantCulture);
        ListOf(Order(91, "x", stop, traded, "STOP_LOSS"), Order(92, "y", target, 0, "LIMIT_MAKER"));
        _server.Exchange.On(Trades, Trade(12, 91, traded, "0.02", "USDT"));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(Protection(), Ending));
        var reports = _exchange.TakeReports();
        Assert.Equal((OcoLeg.Stop, 12L), (reports[0].Leg, reports[0].TradeId));
        Assert.Equal((end, true, traded), (reports[1].Kind, reports[1].IsLast, reports[1].TradedInAll));
    }

    [Fact]
    public async Task A_cancellation_renames_the_order_and_tells_what_it_has_traded_before()
    {
        _server.Exchange.On(Cancel, Order(91, _names.CancellationOf(3), "CANCELED", 0.2m));
        _server.Exchange.On(Query, (asked, context) =>
        {
            var isRenamed = string.Equals(asked["origClientOrderId"], _names.CancellationOf(3), StringComparison.Ordinal);
            context.Response.StatusCode = isRenamed ? 200 : 400;
            return context.Response.WriteAsync(isRenamed ? Order(91, _names.CancellationOf(3), "CANCELED", 0.2m) : NoOrder);
        });
        _server.Exchange.On(Trades, Trade(12, 91, 0.2m, "0.02", "USDT"));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(OrderRequest.Cancel(3, "BTCUSDT", OrderPurpose.Exit, default), Ending));
        Assert.Equal($"symbol=BTCUSDT&origClientOrderId={_names.Of(3)}&newClientOrderId={_names.CancellationOf(3)}", _server.AskedAt(Cancel));
        var reports = _exchange.TakeReports();
        Assert.Equal([(ReportKind.Traded, 0.2m, false), (ReportKind.Canceled, 0.2m, true)], reports.Select(report => (report.Kind, report.TradedInAll, report.IsLast)));
    }

    [Fact]
    public async Task What_cannot_be_cancelled_any_more_has_come_to_an_end_that_is_told()
    {
        _server.Exchange.On(Cancel, """{"code":-2011,"msg":"Unknown order sent."}""", 400);
        _server.Exchange.On(Query, Order(91, _names.Of(3), "FILLED", 0.5m));
        _server.Exchange.On(Trades, Trade(12, 91, 0.5m, "0.05", "USDT"));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(OrderRequest.Cancel(3, "BTCUSDT", OrderPurpose.Exit, default), Ending));
        Assert.True(Assert.Single(_exchange.TakeReports()).IsLast);

        _server.Exchange.On(Query, NoOrder, 400);
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.UnknownOrder), await _exchange.SendAsync(OrderRequest.Cancel(3, "BTCUSDT", OrderPurpose.Exit, default), Ending));
        _server.Exchange.On(Cancel, "", 503);
        Assert.Equal(OrderOutcome.Unknown, await _exchange.SendAsync(OrderRequest.Cancel(3, "BTCUSDT", OrderPurpose.Exit, default), Ending));
    }

    [Fact]
    public async Task A_protection_is_cancelled_as_the_list_that_it_is()
    {
        _server.Exchange.On(Cancel, """{"code":-2011,"msg":"Unknown order sent."}""", 400);
        _server.Exchange.On("DELETE /api/v3/orderList", """{"orderListId":5,"contingencyType":"OCO","listOrderStatus":"ALL_DONE","listClientOrderId":"l","transactionTime":1767225608000,"symbol":"BTCUSDT","orders":[],"orderReports":[]}""");
        ListOf(Order(91, "x", "CANCELED", 0, "STOP_LOSS"), Order(92, "y", "CANCELED", 0, "LIMIT_MAKER"));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(OrderRequest.Cancel(2, "BTCUSDT", OrderPurpose.Protection, default), Ending));
        var end = Assert.Single(_exchange.TakeReports());
        Assert.Equal((ReportKind.Canceled, true), (end.Kind, end.IsLast));
    }

    private static OrderRequest Entry(decimal budget) => new() { Kind = RequestKind.Place, OrderId = 1, Symbol = "BTCUSDT", Side = OrderSide.Buy, Type = OrderType.Market, Purpose = OrderPurpose.Entry, Budget = budget };

    private static OrderRequest Protection() => new() { Kind = RequestKind.Place, OrderId = 2, Symbol = "BTCUSDT", Side = OrderSide.Sell, Type = OrderType.Oco, Purpose = OrderPurpose.Protection, Quantity = 0.5m, StopPrice = 90, LimitPrice = 120 };

    private static OrderRequest Exit(OrderPurpose purpose) => new() { Kind = RequestKind.Place, OrderId = 3, Symbol = "BTCUSDT", Side = OrderSide.Sell, Type = OrderType.Market, Purpose = purpose, Quantity = 0.5m };

    private static string Order(long id, string name, string status, decimal executed, string type = "MARKET") => FormattableString.Invariant(
        $$"""{"symbol":"BTCUSDT","orderId":{{id}},"orderListId":-1,"clientOrderId":"{{name}}","price":"0.00","origQty":"0.50","executedQty":"{{executed}}","cummulativeQuoteQty":"50.00","status":"{{status}}","timeInForce":"GTC","type":"{{type}}","side":"SELL","stopPrice":"0.00","time":1767225600900,"updateTime":1767225605000,"isWorking":true}""");

    private static string Trade(long id, long order, decimal quantity, string fee, string asset) => FormattableString.Invariant(
        $$"""[{"symbol":"BTCUSDT","id":{{id}},"orderId":{{order}},"orderListId":-1,"price":"100.00","qty":"{{quantity}}","quoteQty":"50","commission":"{{fee}}","commissionAsset":"{{asset}}","time":1767225601002,"isBuyer":false,"isMaker":false,"isBestMatch":true}]""");

    private void ListOf(string stop, string target)
    {
        _server.Exchange.On(QueryList, """{"orderListId":5,"contingencyType":"OCO","listStatusType":"EXEC_STARTED","listOrderStatus":"EXECUTING","listClientOrderId":"l","transactionTime":1767225608000,"symbol":"BTCUSDT","orders":[{"symbol":"BTCUSDT","orderId":91,"clientOrderId":"x"},{"symbol":"BTCUSDT","orderId":92,"clientOrderId":"y"}]}""");
        _server.Exchange.On(Query, (asked, context) => context.Response.WriteAsync(string.Equals(asked["orderId"], "91", StringComparison.Ordinal) ? stop : target));
    }

    private BinanceExchange ExchangeWith(BinanceOrderType stop)
    {
        var listing = new SymbolListing
        {
            Symbol = "BTCUSDT",
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            IsSpot = true,
            Status = ListingStatus.Trading,
            OrderTypes = [BinanceOrderType.Limit, BinanceOrderType.Market, stop],
            Filters = new SymbolFilters { Price = new GridFilter(0.01m, 1_000_000, 0.01m), Lot = new GridFilter(0.00001m, 9_000, 0.00001m) },
        };
        return new BinanceExchange(_server.Orders, _server.Account, new AssetRates(_server.Market), new TradedSymbols(_server.Market, new Dictionary<string, SymbolListing>(StringComparer.Ordinal) { ["BTCUSDT"] = listing }.ToFrozenDictionary(StringComparer.Ordinal)), _names, new ExecutionOptions(), _clock);
    }
}
