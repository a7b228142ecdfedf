using System.Collections.Frozen;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>What an account hears of the events that the exchange sends about its orders.</summary>
public sealed class OrderEventsTests : IAsyncLifetime
{
    private static readonly DateTime Time = new(2026, 1, 1, 0, 0, 12, 2, DateTimeKind.Utc);

    private readonly OrderNames _names = new("live");
    private CallsServer _server = null!;
    private OrderEvents _events = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CallsServer.StartAsync();
        var listing = new SymbolListing { Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT" };
        _events = new OrderEvents(_names, new Dictionary<string, SymbolListing>(StringComparer.Ordinal) { ["BTCUSDT"] = listing }.ToFrozenDictionary(StringComparer.Ordinal), new AssetRates(_server.Market));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void A_purchase_is_accepted_trades_in_parts_and_ends_with_the_last()
    {
        var order = Event(_names.Of(1)) with { Side = OrderSide.Buy, Type = BinanceOrderType.Market };
        var reports = Told(
            order with { Execution = ExecutionType.New, Status = BinanceOrderStatus.New },
            Trade(order, 7, 0.2m, 0.2m, BinanceOrderStatus.PartiallyFilled) with { Commission = 0.0002m, CommissionAsset = "BTC" },
            Trade(order, 8, 0.3m, 0.5m, BinanceOrderStatus.Filled) with { Commission = 0.03m, CommissionAsset = "USDT" });
        Assert.Equal([(ReportKind.Accepted, 0L, false), (ReportKind.Traded, 7L, false), (ReportKind.Traded, 8L, true)], reports.Select(report => (report.Kind, report.TradeId, report.IsLast)));
        Assert.Equal((0.0002m, FeeAsset.Base, 0.02m), (reports[1].Fee, reports[1].FeeAsset, reports[1].FeeValue));
        Assert.Equal((0.03m, FeeAsset.Quote, 0.5m), (reports[2].Fee, reports[2].FeeAsset, reports[2].TradedInAll));
        Assert.All(reports, report => Assert.Equal((1L, Time), (report.OrderId, report.Time)));
    }

    [Fact]
    public void A_market_order_that_empties_the_book_expires_with_what_it_has_traded()
    {
        var order = Event(_names.Of(1)) with { Type = BinanceOrderType.Market };
        var reports = Told(Trade(order, 7, 0.2m, 0.2m, BinanceOrderStatus.PartiallyFilled), order with { Execution = ExecutionType.Expired, Status = BinanceOrderStatus.Expired, Executed = 0.2m });
        Assert.Equal((ReportKind.Expired, 0.2m, true), (reports[1].Kind, reports[1].TradedInAll, reports[1].IsLast));
    }

    [Fact]
    public void A_cancellation_is_known_by_the_name_that_the_order_had()
    {
        var reports = Told(Event("a-name-of-the-exchange") with { OrigClientOrderId = _names.Of(4), Execution = ExecutionType.Canceled, Status = BinanceOrderStatus.Canceled, Executed = 0.1m });
        Assert.Equal((ReportKind.Canceled, 4L, 0.1m, true), (reports[0].Kind, reports[0].OrderId, reports[0].TradedInAll, reports[0].IsLast));
    }

    [Fact]
    public void What_others_do_is_told_to_nobody() => Assert.Empty(Told(
        Trade(Event("web_by-hand"), 9, 1, 1, BinanceOrderStatus.Filled),
        Trade(Event(new OrderNames("other").Of(1)), 9, 1, 1, BinanceOrderStatus.Filled),
        Trade(Event(_names.Of(1)) with { Symbol = "LTCUSDT" }, 9, 1, 1, BinanceOrderStatus.Filled)));

    [Fact]
    public void A_stop_that_trades_ends_its_list_when_its_target_has_gone_too()
    {
        var reports = Told(
            Target() with { Execution = ExecutionType.Expired, Status = BinanceOrderStatus.Expired, ExpiryReason = "OCO_TRIGGER" },
            Trade(Stop(), 7, 0.2m, 0.2m, BinanceOrderStatus.PartiallyFilled),
            Trade(Stop(), 8, 0.3m, 0.5m, BinanceOrderStatus.Filled));
        Assert.Equal([(ReportKind.Traded, OcoLeg.Stop, false), (ReportKind.Traded, OcoLeg.Stop, false), (ReportKind.Expired, OcoLeg.None, true)], reports.Select(report => (report.Kind, report.Leg, report.IsLast)));
        Assert.Equal(0.5m, reports[2].TradedInAll);
    }

    [Fact]
    public void A_target_that_trades_in_part_has_dropped_its_stop_and_ends_when_the_rest_is_taken_back()
    {
        var reports = Told(
            Trade(Target(), 7, 0.2m, 0.2m, BinanceOrderStatus.PartiallyFilled),
            Stop() with { Execution = ExecutionType.Expired, Status = BinanceOrderStatus.Expired, ExpiryReason = "OCO_TRIGGER" },
            Target() with { ClientOrderId = "new", OrigClientOrderId = _names.TargetOf(2), Execution = ExecutionType.Canceled, Status = BinanceOrderStatus.Canceled, Executed = 0.2m });
        Assert.Equal(
            [(ReportKind.Traded, OcoLeg.Target, false), (ReportKind.Expired, OcoLeg.Stop, false), (ReportKind.Canceled, OcoLeg.None, true)],
            reports.Select(report => (report.Kind, report.Leg, report.IsLast)));
        Assert.Equal(0.2m, reports[2].TradedInAll);
    }

    [Fact]
    public void A_list_that_is_cancelled_ends_once_also_when_its_events_come_twice()
    {
        var gone = Stop() with { OrigClientOrderId = _names.StopOf(2), ClientOrderId = "x", Execution = ExecutionType.Canceled, Status = BinanceOrderStatus.Canceled };
        var other = Target() with { OrigClientOrderId = _names.TargetOf(2), ClientOrderId = "y", Execution = ExecutionType.Canceled, Status = BinanceOrderStatus.Canceled };
        Assert.Equal(ReportKind.Canceled, Assert.Single(Told(gone, gone, other)).Kind);
    }

    private List<ExecutionReport> Told(params OrderReport[] events)
    {
        var reports = new List<ExecutionReport>();
        foreach (var told in events) _events.AddTo(reports, told);
        return reports;
    }

    private OrderReport Stop() => Event(_names.StopOf(2)) with { Type = BinanceOrderType.StopLoss, OrderListId = 5 };

    private OrderReport Target() => Event(_names.TargetOf(2)) with { Type = BinanceOrderType.LimitMaker, OrderListId = 5 };

    private static OrderReport Event(string name) => new() { Symbol = "BTCUSDT", ClientOrderId = name, Side = OrderSide.Sell, Quantity = 0.5m, OrderId = 91, TransactTime = Time };

    private static OrderReport Trade(OrderReport order, long id, decimal quantity, decimal executed, BinanceOrderStatus status) =>
        order with { Execution = ExecutionType.Trade, Status = status, TradeId = id, LastQuantity = quantity, LastPrice = 100, Executed = executed };
}
