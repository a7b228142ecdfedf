using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>A position of 9 BTC bought at 100 with a stop at 90 and a target at 120: one risk is 10. Its entry has cost 0.9, a tenth of a percent.</summary>
public class ExitTests
{
    private static readonly ExitRules Off = new() { LeastRaise = 0, MaxUnprotectedSeconds = 0 };

    private readonly Trader _trader = new() { Exits = Off };
    private long _trade = 100;

    [Theory]
    [InlineData(109.99, false)]
    [InlineData(110, true)]
    [InlineData(110.01, true)]
    public void At_break_even_the_stop_pays_back_entry_and_fees(double price, bool moves)
    {
        _trader.Exits = Off with { BreakEvenFromRisks = 1 };
        var protection = Hold();
        var requests = Bar(price);
        if (!moves)
        {
            Assert.Empty(requests);
            return;
        }

        // 900.90 were paid for 9; a sale at 100.21 brings 901.89 and costs 0.90189.
        var raised = Replaced(requests, protection);
        Assert.Equal((100.21m, 120m, 9m), (raised.StopPrice, raised.LimitPrice, raised.Quantity));
        _trader.Report(_trader.Traded(raised, _trade++, 9, 100.21m, leg: OcoLeg.Stop, fee: 0.90189m));
        var closed = Closed();
        Assert.Equal((ExitReason.BreakEven, 0.08811m), (closed.Exit, closed.Amount));
    }

    [Fact]
    public void A_figure_that_a_strategy_carries_where_no_rule_trails_moves_nothing()
    {
        _trader.Exits = Off with { TimeStopBars = 48, BreakEvenFromRisks = 5 };
        Hold();
        foreach (var carried in new[] { 95, 104, 52_000, -1, double.PositiveInfinity })
        {
            _trader.NextHour();
            Assert.Empty(_trader.Signal(Build.Btc.Symbol, 105, Signal.Hold with { Trail = carried }));
        }

        Assert.Equal((90m, ExitReason.None), (_trader.Btc.Stop, _trader.Btc.Leaving));
    }

    [Theory]
    [InlineData(94.99, 0)]
    [InlineData(95, 95)]
    [InlineData(95.01, 95.01)]
    public void A_stop_follows_the_price_when_that_is_worth_the_moment_without_one(double trail, double stop)
    {
        _trader.Exits = Off with { Trail = StopRule.Percent, LeastRaise = 0.05m };
        var protection = Hold();
        var requests = Bar(100, trail);
        if (stop == 0)
        {
            Assert.Empty(requests);
            return;
        }

        var raised = Replaced(requests, protection);
        Assert.Equal((decimal)stop, raised.StopPrice);
        _trader.Report(_trader.Traded(raised, _trade++, 9, (decimal)stop, leg: OcoLeg.Stop));
        Assert.Equal(ExitReason.Trailing, Closed().Exit);
    }

    [Fact]
    public void A_stop_never_falls()
    {
        _trader.Exits = Off with { Trail = StopRule.Percent };
        var protection = Hold();
        Replaced(Bar(105, 100), protection);
        Assert.Empty(Bar(104, 99.99));
        Assert.Empty(Bar(104, 100));
        Assert.Empty(Bar(104, double.NaN));
        Assert.Equal(100m, _trader.Btc.Stop);
    }

    [Theory]
    [InlineData(104.99, false)]
    [InlineData(105, true)]
    [InlineData(105.01, true)]
    public void A_stop_follows_from_a_gain_on(double price, bool moves)
    {
        _trader.Exits = Off with { Trail = StopRule.Percent, TrailFromRisks = 0.5m };
        Hold();
        Assert.Equal(moves, Bar(price, 95).Length == 1);
    }

    [Theory]
    [InlineData(98.01, false)]
    [InlineData(98, true)]
    [InlineData(97.99, true)]
    public void A_price_below_the_stop_that_follows_leaves_at_once(double price, bool leaves)
    {
        _trader.Exits = Off with { Trail = StopRule.Chandelier };
        var protection = Hold();
        Assert.Equal(protection.OrderId, Assert.Single(Bar(price, 98)).OrderId);
        Assert.Equal(leaves ? ExitReason.Trailing : ExitReason.None, _trader.Btc.Leaving);
        if (!leaves) return;
        Assert.Equal(new SaleCause(ExitReason.Trailing) { Limit = 98 }, Started().Decision!.Sale);
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        Assert.Equal((OrderType.Market, OrderPurpose.Exit, 9m), (sale.Type, sale.Purpose, sale.Quantity));
        _trader.Report(_trader.Traded(sale, _trade++, 9, 97));
        Assert.Equal(ExitReason.Trailing, Closed().Exit);
    }

    [Theory]
    [InlineData(3, 99.99, true)]
    [InlineData(3, 100, true)]
    [InlineData(3, 100.01, false)]
    [InlineData(2, 100, false)]
    [InlineData(4, 100, true)]
    public void A_trade_that_has_not_gained_in_its_time_is_left(int bars, double price, bool leaves)
    {
        _trader.Exits = Off with { TimeStopBars = 3 };
        Hold();
        for (var i = 1; i < bars; i++) _trader.NextHour();
        Bar(price);
        Assert.Equal(leaves ? ExitReason.TimeStop : ExitReason.None, _trader.Btc.Leaving);
        if (leaves) Assert.Equal(new SaleCause(ExitReason.TimeStop) { Bars = bars, Limit = 100, Entry = 100 }, Started().Decision!.Sale);
    }

    [Theory]
    [InlineData(104.99, true)]
    [InlineData(105, true)]
    [InlineData(105.01, false)]
    public void The_gain_that_a_trade_must_show_in_its_time_can_be_more(double price, bool leaves)
    {
        _trader.Exits = Off with { TimeStopBars = 1, TimeStopRisks = 0.5m };
        Hold();
        Bar(price);
        Assert.Equal(leaves ? ExitReason.TimeStop : ExitReason.None, _trader.Btc.Leaving);
    }

    [Theory]
    [InlineData(109.99, false)]
    [InlineData(110, true)]
    [InlineData(110.01, true)]
    public void A_part_is_sold_when_the_price_has_gained_enough_and_the_rest_stays_protected(double price, bool sells)
    {
        _trader.Exits = Off with { Partials = "1:0.5" };
        var protection = Hold();
        var requests = Bar(price);
        if (!sells)
        {
            Assert.Empty(requests);
            return;
        }

        Assert.Equal((RequestKind.Cancel, protection.OrderId), (requests.Single().Kind, requests.Single().OrderId));
        Assert.Equal(PositionState.Reducing, _trader.Btc.State);
        var cause = _trader.Facts.Single(fact => fact.Kind == FactKind.ReductionStarted).Decision!.Sale;
        Assert.Equal(new SaleCause(ExitReason.Partial) { Quantity = 4.5m, Value = 0.5m, Limit = 110, Entry = 100, Risks = 1 }, cause);
        var both = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));
        Assert.Equal([(OrderPurpose.Protection, 4.5m), (OrderPurpose.Reduction, 4.5m)], both.Select(request => (request.Purpose, request.Quantity)));
        _trader.Report(_trader.Accepted(both[0]), _trader.Accepted(both[1]));
        Assert.Empty(_trader.Report(_trader.Traded(both[1], _trade++, 4.5m, 110)));
        Assert.Equal((PositionState.Protected, 4.5m), (_trader.Btc.State, _trader.Btc.Quantity));
        Assert.Equal(ExitReason.Partial, _trader.Facts.Last(fact => fact.Kind == FactKind.Filled).Exit);
        Assert.Empty(Bar(price));

        _trader.Report(_trader.Traded(both[0], _trade++, 4.5m, 120, leg: OcoLeg.Target));
        // 4.5 * 10 and 4.5 * 20 less 0.9 of fees.
        Assert.Equal((ExitReason.Target, 134.1m, 9m), (Closed().Exit, Closed().Amount, Closed().Quantity));
        Assert.Equal((0m, 0, PositionState.Closed), (_trader.Btc.Reduction, _trader.Btc.PartsTaken, _trader.Btc.State));
    }

    [Fact]
    public void Several_parts_that_are_due_at_once_are_sold_together_and_a_stop_rises_in_the_same_breath()
    {
        _trader.Exits = Off with { Partials = "0.5:0.3333,1:0.3333", Trail = StopRule.Percent };
        var protection = Hold();
        Assert.Single(Bar(112, 105));
        var both = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));
        // Twice 2.9997 of 9.
        Assert.Equal([(OrderType.Oco, 3.0006m, 105m), (OrderType.Market, 5.9994m, 0m)], both.Select(request => (request.Type, request.Quantity, request.StopPrice)));
        Assert.Equal(2, _trader.Btc.PartsTaken);
    }

    // The rest of 9 at its stop of 90 would be worth 4.86, 5.0382 and 5.13: the exchange takes nothing below 5.
    [Theory]
    [InlineData(0.994, false)]
    [InlineData(0.99378, true)]
    [InlineData(0.99367, true)]
    public void A_part_that_would_leave_too_little_to_be_protected_is_not_sold(double share, bool sells)
    {
        _trader.Exits = Off with { Partials = FormattableString.Invariant($"1:{share}") };
        Hold();
        Assert.Equal(sells, Bar(110).Length == 1);
        Assert.Equal(sells ? 1 : 0, _trader.Btc.PartsTaken);
    }

    // 9 * 0.00505 at 110 are worth 4.9995 at least; the exchange takes nothing below 5.
    [Theory]
    [InlineData(0.005, false)]
    [InlineData(0.0051, true)]
    public void A_part_that_is_too_little_by_itself_is_not_sold(double share, bool sells)
    {
        _trader.Exits = Off with { Partials = FormattableString.Invariant($"1:{share}") };
        Hold();
        Assert.Equal(sells, Bar(110).Length == 1);
    }

    [Fact]
    public void A_part_that_the_exchange_refuses_goes_back_under_the_stop()
    {
        var (rest, part) = Reduce();
        var cancel = Assert.Single(_trader.Report(_trader.Ended(part, ReportKind.Rejected) with { Reason = RejectReason.BelowMinNotional }));
        Assert.Equal((RequestKind.Cancel, rest.OrderId), (cancel.Kind, cancel.OrderId));
        Assert.Equal(9m, Assert.Single(_trader.Report(_trader.Ended(rest, ReportKind.Canceled))).Quantity);
        Assert.Equal((0m, 9m), (_trader.Btc.Dust, _trader.Btc.Quantity));
    }

    [Fact]
    public void Whoever_leaves_while_a_part_is_being_sold_sells_nothing_twice()
    {
        var (rest, part) = Reduce();
        var cancels = _trader.Leave();
        Assert.Equal([part.OrderId, rest.OrderId], cancels.Select(request => request.OrderId).Order().Reverse());
        Assert.Empty(_trader.Report(_trader.Ended(rest, ReportKind.Canceled)));
        Assert.Equal(9m, _trader.Btc.Quantity);
        // It was sold before its cancellation arrived.
        var sale = Assert.Single(_trader.Report(_trader.Traded(part, _trade++, 4.5m, 110)));
        Assert.Equal((OrderPurpose.Exit, 4.5m), (sale.Purpose, sale.Quantity));
        _trader.Report(_trader.Traded(sale, _trade++, 4.5m, 110));
        Assert.Equal((ExitReason.Signal, 9m), (Closed().Exit, Closed().Quantity));
    }

    [Fact]
    public void A_stop_that_trades_while_it_is_being_taken_back_for_a_part_leaves_nothing_to_sell()
    {
        _trader.Exits = Off with { Partials = "1:0.5" };
        var protection = Hold();
        Bar(110);
        Assert.Empty(_trader.Report(_trader.Traded(protection, _trade++, 9, 90, leg: OcoLeg.Stop)));
        Assert.Empty(_trader.Report(_trader.Ended(protection, ReportKind.CancelRejected)));
        Assert.Equal((0m, 0m, ExitReason.Stop), (_trader.Btc.Quantity, _trader.Btc.Reduction, Closed().Exit));
    }

    [Theory]
    [InlineData(3_599, true)]
    [InlineData(3_600, true)]
    [InlineData(3_601, false)]
    public void A_position_whose_stop_is_not_confirmed_in_time_is_sold(int most, bool sells)
    {
        _trader.Exits = Off with { MaxUnprotectedSeconds = most };
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100)));
        _trader.Report(new ExecutionReport { Kind = ReportKind.Unknown, OrderId = protection.OrderId, Time = Build.Close(_trader.Hour) });
        Assert.Equal(PositionState.Unknown, _trader.Btc.State);
        var requests = Bar(100);
        Assert.Equal(sells, requests.Length == 1);
        if (!sells) return;

        Assert.Equal((RequestKind.Cancel, protection.OrderId), (requests[0].Kind, requests[0].OrderId));
        var lost = Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.ProtectionLost);
        Assert.Equal((RejectReason.NotInTime, new SaleCause(ExitReason.ProtectionLost) { Refusal = RejectReason.NotInTime, Value = 3_600, Limit = most }), (lost.Reason, lost.Decision!.Sale));
        _trader.NextHour();
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        _trader.Report(_trader.Traded(sale, _trade++, 9, 99));
        Assert.Equal((ExitReason.ProtectionLost, TimeSpan.FromHours(2)), (Closed().Exit, Closed().Unprotected));
    }

    [Fact]
    public void A_stop_that_the_exchange_has_told_of_is_in_no_doubt_when_the_answer_to_its_request_is_lost()
    {
        _trader.Exits = Off with { MaxUnprotectedSeconds = 60 };
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100)));
        _trader.Report(_trader.Accepted(protection));
        _trader.Report(new ExecutionReport { Kind = ReportKind.Unknown, OrderId = protection.OrderId, Time = Build.Close(_trader.Hour) });
        Assert.Equal(PositionState.Protected, _trader.Btc.State);
        Assert.Empty(Bar(100));
    }

    [Fact]
    public void The_seconds_without_a_stop_are_counted_by_what_the_exchange_reported()
    {
        _trader.Exits = Off with { Trail = StopRule.Percent };
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100)));
        _trader.Report(_trader.Accepted(protection) with { Time = Build.Close(0).AddSeconds(3) });
        Bar(105, 100);
        var raised = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled) with { Time = Build.Close(1).AddSeconds(1) }));
        // Until it was taken back the old one rested.
        Assert.Equal(Build.Close(1).AddSeconds(1), _trader.Btc.UnprotectedSince);
        _trader.Report(_trader.Accepted(raised) with { Time = Build.Close(1).AddSeconds(2) });
        _trader.Report(_trader.Traded(raised, _trade++, 9, 100, leg: OcoLeg.Stop));
        // Three after the entry, one while the stop was moved.
        Assert.Equal(TimeSpan.FromSeconds(4), Closed().Unprotected);
        Assert.Equal((default, TimeSpan.Zero), (_trader.Btc.UnprotectedSince, _trader.Btc.Unprotected));
        Assert.Equal(_trader.Btc.Stop, _trader.Replayed().Positions[0].Stop);
    }

    [Fact]
    public void A_stop_that_is_taken_back_for_a_bar_of_an_hour_ago_was_missing_for_seconds_only()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100)));
        _trader.Report(_trader.Accepted(protection));
        _trader.Leave();
        var late = Build.Close(_trader.Hour).AddHours(1);
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled) with { Time = late }));
        _trader.Report(_trader.Traded(sale, _trade++, 9, 100) with { Time = late.AddSeconds(7) });
        Assert.Equal(TimeSpan.FromSeconds(7), Closed().Unprotected);
    }

    [Fact]
    public void A_position_passes_through_its_states()
    {
        Assert.Equal(PositionState.Closed, _trader.Btc.State);
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        Assert.Equal(PositionState.Opening, _trader.Btc.State);
        _trader.Report(new ExecutionReport { Kind = ReportKind.Unknown, OrderId = entry.OrderId, Time = Build.Close(0) });
        Assert.Equal(PositionState.Unknown, _trader.Btc.State);
        _trader.Report(_trader.Accepted(entry));
        Assert.Equal(PositionState.Opening, _trader.Btc.State);
        var protection = Assert.Single(_trader.Report(_trader.Traded(entry, _trade++, 9, 100)));
        Assert.Equal(PositionState.Open, _trader.Btc.State);
        _trader.Report(_trader.Accepted(protection));
        Assert.Equal(PositionState.Protected, _trader.Btc.State);
        _trader.Leave();
        Assert.Equal(PositionState.Closing, _trader.Btc.State);
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        _trader.Report(new ExecutionReport { Kind = ReportKind.Unknown, OrderId = sale.OrderId, Time = Build.Close(0) });
        Assert.Equal(PositionState.Unknown, _trader.Btc.State);
        // A trade says that it arrived.
        _trader.Report(_trader.Traded(sale, _trade++, 9, 100));
        Assert.Equal((PositionState.Closed, 0), (_trader.Btc.State, _trader.Btc.OrdersInDoubt));
        Assert.Equal(PositionState.Closed, _trader.Replayed().Positions[0].State);
    }

    [Fact]
    public void A_trade_without_a_target_rests_under_a_stop_alone()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100)));
        Assert.Equal((OrderType.Stop, 90m, 0m), (protection.Type, protection.StopPrice, protection.LimitPrice));
        _trader.Report(_trader.Accepted(protection), _trader.Traded(protection, _trade++, 4, 90, isLast: false));
        _trader.Report(_trader.Traded(protection, _trade++, 5, 89.9m));
        Assert.Equal(ExitReason.Stop, Closed().Exit);
    }

    [Fact]
    public void A_stopped_account_leads_nothing_and_a_paused_one_does()
    {
        _trader.Exits = Off with { Trail = StopRule.Percent };
        Hold();
        _trader.Set(RunState.Stopped);
        Assert.Empty(Bar(105, 100));
        _trader.Set(RunState.Paused);
        Assert.Single(Bar(105, 100));
    }

    private (OrderRequest Kept, OrderRequest Part) Reduce()
    {
        _trader.Exits = Off with { Partials = "1:0.5" };
        var protection = Hold();
        Bar(110);
        var both = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));
        _trader.Report(_trader.Accepted(both[0]), _trader.Accepted(both[1]));
        return (both[0], both[1]);
    }

    private OrderRequest Hold()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100, fee: 0.9m)));
        _trader.Report(_trader.Accepted(protection));
        return protection;
    }

    private OrderRequest[] Bar(double price, double trail = double.NaN)
    {
        _trader.NextHour();
        return _trader.Signal(Build.Btc.Symbol, price, Signal.Hold with { Trail = trail });
    }

    /// <summary>The protection that takes the place of the one that is being taken back.</summary>
    private OrderRequest Replaced(OrderRequest[] requests, OrderRequest protection)
    {
        var cancel = Assert.Single(requests);
        Assert.Equal(RequestKind.Cancel, cancel.Kind);
        Assert.Equal(protection.OrderId, cancel.OrderId);
        var raised = Assert.Single(_trader.Report(_trader.Ended(cancel, ReportKind.Canceled)));
        _trader.Report(_trader.Accepted(raised));
        return raised;
    }

    private Fact Started() => Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.ExitStarted);

    private Fact Closed() => Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed);
}
