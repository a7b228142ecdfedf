using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using Xunit;

namespace OrleansTrader.Core.Tests.Matching;

public class MatchingEngineTests
{
    private readonly List<ExecutionReport> _reports = [];

    [Fact]
    public void A_market_buy_trades_at_the_next_open_with_slippage_and_spends_no_more_than_its_budget()
    {
        var (engine, book) = Venue(new MatchingOptions { FeeBps = 10, SlippageBps = 10, MaxVolumeShare = 0 }, cash: 1_000);
        Submit(engine, Buy(1, budget: 1_000));
        Match(engine, book, Build.Bar(0, 100, 101, 99, 100));

        var trade = Assert.Single(_reports, report => report.Kind == ReportKind.Traded);
        Assert.Equal(100.10m, trade.Price);
        // 1000 / (100.10 * 1.001) = 9.98003...; the next step would cost more than the budget.
        Assert.Equal(9.98002m, trade.Quantity);
        Assert.Equal(Build.Start, trade.Time);
        Assert.True(trade.IsLast);
        Assert.InRange(engine.Cash, 0, 0.01m);
        Assert.Equal(trade.Quantity, book.Owned);
    }

    [Fact]
    public void A_stop_gapped_through_fills_at_the_open_not_at_the_stop()
    {
        var (engine, book) = Holding(1);
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 90, 92, 88, 91));

        var trade = Assert.Single(_reports, report => report.Kind == ReportKind.Traded);
        Assert.Equal((90m, OcoLeg.Stop), (trade.Price, trade.Leg));
        Assert.Equal(Build.Start.AddHours(1), trade.Time);
    }

    [Fact]
    public void A_stop_reached_within_the_bar_fills_at_the_stop_with_slippage()
    {
        var (engine, book) = Holding(1, new MatchingOptions { FeeBps = 0, SlippageBps = 100, MaxVolumeShare = 0 });
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 100, 101, 95, 96));

        var trade = Assert.Single(_reports, report => report.Kind == ReportKind.Traded);
        Assert.Equal(94.05m, trade.Price);
        Assert.Equal(Build.Start.AddHours(2).AddMilliseconds(-1), trade.Time);
    }

    [Fact]
    public void A_bar_that_reaches_both_legs_counts_for_the_stop()
    {
        var (engine, book) = Holding(1);
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 100, 120, 90, 100));
        Assert.Equal(OcoLeg.Stop, Assert.Single(_reports, report => report.Kind == ReportKind.Traded).Leg);
    }

    [Fact]
    public void A_target_that_is_only_touched_does_not_trade_and_one_that_is_passed_does()
    {
        var (engine, book) = Holding(1);
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 100, 110, 99, 105));
        Assert.DoesNotContain(_reports, report => report.Kind == ReportKind.Traded);

        Match(engine, book, Build.Bar(2, 105, 110.01, 104, 108));
        Assert.Equal((110m, OcoLeg.Target), Assert.Single(_reports, report => report.Kind == ReportKind.Traded) is var trade ? (trade.Price, trade.Leg) : default);
    }

    [Fact]
    public void The_first_partial_trade_of_the_target_expires_the_stop()
    {
        var (engine, book) = Holding(10, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0.5 });
        Submit(engine, Oco(2, 10, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 100, 115, 99, 112, volume: 8));

        Assert.Equal(4m, Assert.Single(_reports, report => report.Kind == ReportKind.Traded).Quantity);
        Assert.Contains(_reports, report => report is { Kind: ReportKind.Expired, Leg: OcoLeg.Stop, IsLast: false, Reason: RejectReason.OtherLegFilled });

        _reports.Clear();
        Match(engine, book, Build.Bar(2, 105, 106, 80, 81, volume: 1_000));
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_large_order_takes_its_share_of_each_bar_until_it_is_filled()
    {
        var (engine, book) = Holding(10, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0.1 });
        Submit(engine, Sell(2, 10));
        for (var i = 1; i <= 3; i++) Match(engine, book, Build.Bar(i, 100, 100, 100, 100, volume: 40));

        Assert.Equal([4m, 4m, 2m], _reports.Where(report => report.Kind == ReportKind.Traded).Select(report => report.Quantity));
        Assert.Equal([false, false, true], _reports.Where(report => report.Kind == ReportKind.Traded).Select(report => report.IsLast));
        Assert.Equal(0, book.Owned);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.00001)]
    public void A_stop_touched_by_a_bar_that_has_nothing_to_give_is_still_a_stop(double volume)
    {
        var (engine, book) = Holding(1, new MatchingOptions());
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 94, 96, 94, 96, volume));
        Match(engine, book, Build.Bar(2, 97, 98, 96, 97));
        Assert.DoesNotContain(_reports, report => report.Kind == ReportKind.Traded);

        Match(engine, book, Build.Bar(3, 97, 98, 95, 97));
        Assert.Equal(OcoLeg.Stop, Assert.Single(_reports, report => report.Kind == ReportKind.Traded).Leg);
    }

    [Fact]
    public void A_stop_that_has_begun_to_trade_sells_the_rest_at_the_market()
    {
        var (engine, book) = Holding(10, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0.5 });
        Submit(engine, Oco(2, 10, stop: 95, target: 110));
        Match(engine, book, Build.Bar(1, 100, 101, 94, 100, volume: 8));
        Match(engine, book, Build.Bar(2, 100, 101, 99, 100, volume: 80));
        Assert.Equal([(4m, 95m), (6m, 100m)], _reports.Where(report => report.Kind == ReportKind.Traded).Select(report => (report.Quantity, report.Price)));
    }

    [Fact]
    public void A_bar_without_volume_trades_nothing()
    {
        var (engine, book) = Holding(1, new MatchingOptions());
        Submit(engine, Sell(2, 1));
        Match(engine, book, Build.Bar(1, 100, 100, 100, 100, volume: 0));
        Assert.DoesNotContain(_reports, report => report.Kind == ReportKind.Traded);
        Assert.Equal(1, book.Resting);
    }

    [Fact]
    public void An_order_meets_each_bar_once_and_none_that_opened_before_it_was_placed()
    {
        var (engine, book) = Holding(10, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0.1 });
        var bar = Build.Bar(0, 100, 100, 100, 100, volume: 10);
        Submit(engine, Sell(2, 10));
        Match(engine, book, bar);
        Assert.DoesNotContain(_reports, report => report.Kind == ReportKind.Traded);

        var next = Build.Bar(1, 100, 100, 100, 100, volume: 10);
        Match(engine, book, next);
        Match(engine, book, next);
        Assert.Equal(1m, Assert.Single(_reports, report => report.Kind == ReportKind.Traded).Quantity);
    }

    [Theory]
    [InlineData(100, 110, "WouldTriggerAtOnce")]
    [InlineData(101, 110, "WouldTriggerAtOnce")]
    [InlineData(95, 100, "WouldTriggerAtOnce")]
    [InlineData(99.99, 100.01, "None")]
    public void A_protective_pair_must_lie_around_the_last_price(double stop, double target, string reason)
    {
        var (engine, _) = Holding(1);
        Submit(engine, Oco(2, 1, (decimal)stop, (decimal)target));
        Assert.Equal(reason, _reports[^1].Reason.ToString());
    }

    [Fact]
    public void What_breaks_a_rule_is_refused_with_its_reason()
    {
        var (engine, _) = Holding(1);
        Assert.Equal(RejectReason.InsufficientBalance, Refusal(engine, Sell(2, 2)));
        Assert.Equal(RejectReason.InsufficientBalance, Refusal(engine, Buy(3, budget: 1_000_000)));
        Assert.Equal(RejectReason.BadQuantity, Refusal(engine, Sell(4, 0.000001m)));
        Assert.Equal(RejectReason.BelowMinNotional, Refusal(engine, Sell(5, 0.04m)));
        Assert.Equal(RejectReason.BadPrice, Refusal(engine, Oco(6, 1, stop: 95.001m, target: 110)));
        Assert.Equal(RejectReason.UnknownSymbol, Refusal(engine, Sell(7, 1) with { Symbol = "NONE" }));
        Assert.Equal(RejectReason.None, Refusal(engine, Oco(8, 1, stop: 95, target: 110)));
        Assert.Equal(RejectReason.DuplicateOrder, Refusal(engine, Oco(8, 1, stop: 95, target: 110)));
        Assert.Equal(RejectReason.InsufficientBalance, Refusal(engine, Sell(9, 1)));
    }

    [Fact]
    public void A_cancelled_order_gives_back_what_it_locked_and_an_unknown_one_cannot_be_cancelled()
    {
        var (engine, book) = Holding(1);
        Submit(engine, Oco(2, 1, stop: 95, target: 110));
        Submit(engine, OrderRequest.Cancel(2, Build.Btc.Symbol, OrderPurpose.Protection, Build.Close(0)));
        Assert.Equal(ReportKind.Canceled, _reports[^1].Kind);
        Assert.Equal(0, book.Locked);

        Submit(engine, OrderRequest.Cancel(2, Build.Btc.Symbol, OrderPurpose.Protection, Build.Close(0)));
        Assert.Equal((ReportKind.CancelRejected, RejectReason.UnknownOrder), (_reports[^1].Kind, _reports[^1].Reason));
    }

    [Fact]
    public void A_limit_buy_trades_below_its_price_only_where_the_market_opened_there()
    {
        var (engine, book) = Venue(Build.Free, cash: 1_000);
        Submit(engine, new OrderRequest
        {
            Kind = RequestKind.Place,
            OrderId = 1,
            Symbol = Build.Btc.Symbol,
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = 1,
            LimitPrice = 98,
            ActiveFrom = Build.Start,
        });
        Match(engine, book, Build.Bar(0, 100, 101, 98, 99));
        Assert.DoesNotContain(_reports, report => report.Kind == ReportKind.Traded);
        Match(engine, book, Build.Bar(1, 97, 99, 96, 98));
        Assert.Equal(97m, Assert.Single(_reports, report => report.Kind == ReportKind.Traded).Price);
        Assert.Equal((903m, 903m), (engine.Cash, engine.FreeCash));
    }

    private static (MatchingEngine Engine, SymbolBook Book) Venue(MatchingOptions options, decimal cash)
    {
        var engine = new MatchingEngine(options, Interval.OneHour, cash);
        return (engine, engine.List(Build.Btc));
    }

    /// <summary>An exchange on which the account owns some base currency; the last close was 100.</summary>
    private static (MatchingEngine Engine, SymbolBook Book) Holding(decimal quantity, MatchingOptions? options = null)
    {
        var (engine, book) = Venue(options ?? Build.Free, cash: 1_000);
        MatchingEngine.RestoreHolding(book, quantity, price: 0);
        MatchingEngine.Show(book, Build.Bar(0, 100, 100, 100, 100));
        return (engine, book);
    }

    private void Submit(MatchingEngine engine, OrderRequest request) => engine.Submit(in request, _reports);

    private RejectReason Refusal(MatchingEngine engine, OrderRequest request)
    {
        Submit(engine, request);
        return _reports[^1].Reason;
    }

    private void Match(MatchingEngine engine, SymbolBook book, Candle bar)
    {
        MatchingEngine.Show(book, in bar);
        engine.Match(book, in bar, _reports);
    }

    private static OrderRequest Buy(long id, decimal budget) => Order(id) with { Side = OrderSide.Buy, Type = OrderType.Market, Budget = budget, ActiveFrom = Build.Start };

    private static OrderRequest Sell(long id, decimal quantity) => Order(id) with { Type = OrderType.Market, Quantity = quantity };

    private static OrderRequest Oco(long id, decimal quantity, decimal stop, decimal target) =>
        Order(id) with { Type = OrderType.Oco, Quantity = quantity, StopPrice = stop, LimitPrice = target };

    private static OrderRequest Order(long id) => new()
    {
        Kind = RequestKind.Place,
        OrderId = id,
        Symbol = Build.Btc.Symbol,
        Side = OrderSide.Sell,
        ActiveFrom = Build.Close(0),
    };
}
