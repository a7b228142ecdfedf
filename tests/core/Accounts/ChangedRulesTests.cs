using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The exchange changes the rules of a symbol while it is traded. The account begins with 1,000; 1.23456 BTC are bought at 100, with the stop at 90.13 and the target at 120.27.</summary>
public class ChangedRulesTests
{
    private const decimal Bought = 1.23456m;
    private static readonly SymbolRules Coarser = Build.Btc with { TickSize = 0.5m, StepSize = 0.01m };
    private readonly Trader _trader = new();

    [Fact]
    public void What_rests_is_left_alone_and_the_next_order_goes_by_the_new_grid()
    {
        var old = Protected();
        Assert.Empty(_trader.Report(Listed(Coarser)));
        Assert.Equal((false, PositionState.Protected), (_trader.Btc.IsUnprotected, _trader.Btc.State));
        _trader.NextHour();
        Assert.Empty(_trader.Report(Attention()));
        Assert.Empty(_trader.Signal(Build.Btc.Symbol, 100, default));

        // The exchange takes it away, for a reason of its own.
        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        // Down for a stop, up for a target, and what is no whole step is left.
        Assert.Equal((90m, 120.5m, 1.23m), (protection.StopPrice, protection.LimitPrice, protection.Quantity));
        _trader.Report(_trader.Accepted(protection));
        Assert.False(_trader.Btc.IsUnprotected);
        // Back to the finer grid: the coarser stop is left alone as well.
        Assert.Empty(_trader.Report(Listed(Build.Btc)));
        _trader.NextHour();
        Assert.Empty(_trader.Report(Attention()));
        Assert.False(_trader.Btc.IsUnprotected);
    }

    [Fact]
    public void What_sells_more_than_is_held_is_placed_by_the_new_grid()
    {
        var old = Protected();
        _trader.Report(Listed(Coarser));
        var cancel = Assert.Single(_trader.Report(Moved(-1)));
        Assert.Equal((RequestKind.Cancel, old.OrderId), (cancel.Kind, cancel.OrderId));
        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Equal((90m, 0.23m), (protection.StopPrice, protection.Quantity));
    }

    [Fact]
    public void A_stop_that_is_raised_moves_to_the_new_grid()
    {
        var old = Protected();
        _trader.Report(Listed(Coarser));
        Assert.Equal((RequestKind.Cancel, old.OrderId), Raise() is [var cancel] ? (cancel.Kind, cancel.OrderId) : default);
        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Equal((100m, 120.5m, 1.23m), (protection.StopPrice, protection.LimitPrice, protection.Quantity));
    }

    // 123.456 in all, and 1.23456 BTC: no order could be placed any more in the place of the one that rests.
    [Theory]
    [InlineData(0.5, 0.00001, 150)]
    [InlineData(0.01, 10, 5)]
    public void A_stop_that_could_not_be_placed_again_stays(double tick, double step, double least)
    {
        var old = Protected();
        Assert.Empty(_trader.Report(Listed(Build.Btc with { TickSize = (decimal)tick, StepSize = (decimal)step, MinNotional = (decimal)least })));
        Assert.Empty(Raise());
        Assert.Equal((Bought, 0m, old.OrderId, false), (_trader.Btc.Quantity, _trader.Btc.Dust, _trader.Btc.ProtectionOrderId, _trader.Btc.IsUnprotected));
        _trader.Report(_trader.Traded(old, 2, Bought, 90.13m, leg: OcoLeg.Stop));
        Assert.True(_trader.Btc.IsEmpty);
        Assert.Contains(_trader.Facts, fact => fact is { Kind: FactKind.PositionClosed, Quantity: Bought });
    }

    [Fact]
    public void What_no_step_can_carry_is_dust_once_the_rest_is_sold()
    {
        var old = Protected();
        _trader.Report(Listed(Coarser));
        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        _trader.Report(_trader.Accepted(protection), _trader.Traded(protection, 2, 1.23m, 90, leg: OcoLeg.Stop));
        Assert.Equal((0m, 0.00456m, true), (_trader.Btc.Quantity, _trader.Btc.Dust, _trader.Btc.IsDust));
        Assert.Contains(_trader.Facts, fact => fact is { Kind: FactKind.PositionClosed, Quantity: 1.23m });
    }

    [Fact]
    public void A_part_below_the_new_step_is_not_sold_and_the_stop_covers_it()
    {
        var old = Protected();
        _trader.Exits = new ExitRules { Partials = "1:0.2" };
        _trader.NextHour();
        // A fifth of 1.23456 at one risk, 9.87, above the entry.
        Assert.Equal(RequestKind.Cancel, Assert.Single(_trader.Signal(Build.Btc.Symbol, 110, default)).Kind);
        Assert.Equal(PositionState.Reducing, _trader.Btc.State);
        _trader.Report(Listed(Build.Btc with { StepSize = 0.5m }));
        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Equal((OrderPurpose.Protection, 1m), (protection.Purpose, protection.Quantity));
        _trader.Report(_trader.Accepted(protection));
        Assert.Equal((PositionState.Protected, true), (_trader.Btc.State, _trader.Btc.CanGrow));
        _trader.Report(_trader.Traded(protection, 2, 1, 90, leg: OcoLeg.Stop));
        Assert.Equal((0m, 0.23456m), (_trader.Btc.Reduction, _trader.Btc.Dust));
    }

    [Fact]
    public void A_grid_on_which_everything_lies_leaves_what_rests_alone()
    {
        Protected();
        Assert.Empty(_trader.Report(Listed(Build.Btc with { TickSize = 0.001m, StepSize = 0.000001m, MinNotional = 10 })));
        Assert.Equal((90.13m, 120.27m, 10m), (_trader.Btc.Stop, _trader.Btc.Target, _trader.Btc.Rules.MinNotional));
    }

    [Fact]
    public void The_same_rules_again_say_nothing()
    {
        Protected();
        var known = _trader.Facts.Count;
        Assert.Empty(_trader.Report(Listed(Build.Btc with { })));
        Assert.Equal(known, _trader.Facts.Count);
    }

    // In either order: the refusal may be heard first.
    [Theory]
    [InlineData(RejectReason.BadPrice, true)]
    [InlineData(RejectReason.BadQuantity, false)]
    public void A_protection_that_was_refused_for_the_old_grid_is_placed_by_the_new_one(RejectReason reason, bool listedFirst)
    {
        var refused = Asked();
        ExecutionReport[] reports = [Rejected(refused, reason), Listed(Coarser)];
        var protection = Assert.Single(_trader.Report(listedFirst ? [reports[1], reports[0]] : reports));
        Assert.Equal((OrderPurpose.Protection, 90m, 120.5m, 1.23m), (protection.Purpose, protection.StopPrice, protection.LimitPrice, protection.Quantity));
        Assert.Equal(ExitReason.None, _trader.Btc.Leaving);

        // The rules do not explain it any more.
        var sale = Assert.Single(_trader.Report(Rejected(protection, reason)));
        Assert.Equal((OrderPurpose.Exit, 1.23m), (sale.Purpose, sale.Quantity));
    }

    [Fact]
    public void A_sale_that_was_refused_for_the_old_step_is_sent_by_the_new_one()
    {
        var old = Protected();
        _trader.NextHour();
        _trader.Leave();
        var sale = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Equal(Bought, sale.Quantity);
        var again = Assert.Single(_trader.Report(Rejected(sale, RejectReason.BadQuantity), Listed(Coarser)));
        Assert.Equal((OrderPurpose.Exit, 1.23m), (again.Purpose, again.Quantity));
    }

    [Fact]
    public void A_position_of_which_not_all_can_be_sold_at_once_any_more_is_sold_in_parts()
    {
        var old = Protected();
        Assert.Empty(_trader.Report(Listed(Build.Btc with { MostAtMarket = 1 })));
        _trader.NextHour();
        _trader.Leave();
        var first = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Equal(1m, first.Quantity);
        var second = Assert.Single(_trader.Report(_trader.Traded(first, 2, 1, 100)));
        Assert.Equal(0.23456m, second.Quantity);
        _trader.Report(_trader.Traded(second, 3, 0.23456m, 100));
        Assert.True(_trader.Btc.IsEmpty);
        Assert.Equal(1, _trader.Btc.Record.Trades);
    }

    [Fact]
    public void A_part_that_the_old_step_could_not_carry_is_sold_by_the_new_one()
    {
        var entry = _trader.Buy(100, 90.13, 120.27).Single();
        _trader.Report(Listed(Coarser));
        var old = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, Bought, 100)).Single();
        _trader.Report(_trader.Accepted(old));
        Assert.Empty(_trader.Report(Listed(Build.Btc with { MinNotional = 0.1m })));
        _trader.Exits = new ExitRules { Partials = "1:0.005" };
        _trader.NextHour();
        Assert.Equal(old.OrderId, Assert.Single(_trader.Signal(Build.Btc.Symbol, 110, default)).OrderId);
        // 0.005 of 1.23456, down to a whole step.
        Assert.Equal([1.22839m, 0.00617m], _trader.Report(_trader.Ended(old, ReportKind.Canceled)).Select(request => request.Quantity));
    }

    // Worth 123.456 at 100; the least is 5.
    [Theory]
    // The rest of 0.00456 would be worth too little: in halves, each a whole step.
    [InlineData(1.23, 0.00001, 5, 0.61728)]
    // And the rest of 0.06456, worth 6, would soon be.
    [InlineData(1.17, 0.00001, 5, 0.61728)]
    [InlineData(1.1, 0.00001, 5, 1.1)]
    // A part would be worth 4, or a half 61 where the least is 70: the exchange is asked for the whole.
    [InlineData(0.04, 0.00001, 5, 1.23456)]
    [InlineData(1.2, 0.00001, 70, 1.23456)]
    // Less than a step is no bound.
    [InlineData(0.004, 0.01, 5, 1.23)]
    [InlineData(2, 0.00001, 5, 1.23456)]
    public void A_sale_in_parts_has_none_that_is_worth_too_little(double most, double step, double least, double first)
    {
        var old = Protected();
        _trader.Report(Listed(Build.Btc with { MostAtMarket = (decimal)most, StepSize = (decimal)step, MinNotional = (decimal)least }));
        _trader.NextHour();
        _trader.Leave();
        Assert.Equal((decimal)first, Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled))).Quantity);
    }

    [Theory]
    [InlineData(0.04)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void A_sale_that_is_refused_as_too_small_leaves_no_dust_of_a_position_that_is_not(double most)
    {
        var old = Protected();
        _trader.Report(Listed(Build.Btc with { MostAtMarket = (decimal)most }));
        _trader.NextHour();
        _trader.Leave();
        var first = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        Assert.Empty(_trader.Report(Rejected(first, RejectReason.BelowMinNotional)));
        Assert.Equal((Bought, 0m, PositionState.Closing), (_trader.Btc.Quantity, _trader.Btc.Dust, _trader.Btc.State));
        _trader.NextHour();
        var again = Assert.Single(_trader.Report(Attention()));
        Assert.Equal((OrderPurpose.Exit, first.Quantity), (again.Purpose, again.Quantity));
        Assert.DoesNotContain(_trader.Facts, fact => fact.Kind is FactKind.DustLeft or FactKind.PositionClosed);
    }

    [Fact]
    public void A_protection_of_the_first_fill_that_is_too_small_leaves_no_dust_of_what_was_bought_since()
    {
        var entry = _trader.Buy(100, 90.13, 120.27).Single();
        var small = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 0.04m, 100, isLast: false)).Single();
        Assert.Equal(RequestKind.Cancel, Assert.Single(_trader.Report(_trader.Traded(entry, 2, 1.19456m, 100))).Kind);
        var protection = Assert.Single(_trader.Report(Rejected(small, RejectReason.BelowMinNotional)));
        Assert.Equal((OrderPurpose.Protection, Bought, 0m), (protection.Purpose, protection.Quantity, _trader.Btc.Dust));
    }

    [Fact]
    public void A_stop_so_low_that_it_is_too_small_is_no_reason_to_leave_as_dust_what_can_be_sold()
    {
        var entry = _trader.Buy(100, 1, 150).Single();
        var protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, Bought, 100)).Single();
        var sale = Assert.Single(_trader.Report(Rejected(protection, RejectReason.BelowMinNotional)));
        Assert.Equal((OrderPurpose.Exit, Bought), (sale.Purpose, sale.Quantity));
    }

    [Fact]
    public void A_stop_below_the_first_tick_lies_on_it()
    {
        var entry = _trader.Buy(100, 0.6, 150).Single();
        _trader.Report(Listed(Coarser with { TickSize = 1 }));
        Assert.Equal(1m, _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 1, 100)).Single().StopPrice);
    }

    [Fact]
    public void The_facts_alone_give_the_same_account()
    {
        var old = Protected();
        _trader.Report(Listed(Coarser));
        AssertReplayed(Build.Btc);
        _trader.Report(Listed(Coarser with { TickSize = 1 }));
        AssertReplayed(Build.Btc);
        _trader.Report(_trader.Ended(old, ReportKind.Canceled));
        AssertReplayed(resting: null);
    }

    /// <summary>Rules are all that the fact of new ones changes: levels and parts stay as they were written down.</summary>
    private void AssertReplayed(SymbolRules? resting)
    {
        var (live, replayed) = (_trader.Btc, _trader.Replayed().Positions[0]);
        Assert.Equal((90.13m, 120.27m, resting), (replayed.Stop, replayed.Target, replayed.RestingRules));
        Assert.Equal((live.Rules, live.Stop, live.Target, live.RestingRules, live.ProtectionOrderId, live.State), (replayed.Rules, replayed.Stop, replayed.Target, replayed.RestingRules, replayed.ProtectionOrderId, replayed.State));
    }

    [Fact]
    public void An_account_is_told_of_the_rules_that_differ_and_of_no_others()
    {
        var picture = new ExchangePicture([], [], []) { Rules = [Coarser, Build.Eth, Build.Eth with { Symbol = "XRPUSDT" }], Time = Build.Start };
        var report = Assert.Single(Reconciliation.Listings(_trader.State, picture));
        Assert.Equal((ReportKind.Listed, Build.Btc.Symbol, Coarser), (report.Kind, report.Symbol, report.Rules));
        _trader.Report(report);
        Assert.Empty(Reconciliation.Listings(_trader.State, picture));
    }

    private static ExecutionReport Listed(SymbolRules rules) => new() { Kind = ReportKind.Listed, Symbol = rules.Symbol, Rules = rules, Time = Build.Close(0) };

    private static ExecutionReport Moved(decimal quantity) =>
        new() { Kind = ReportKind.HoldingMoved, TradeId = 1, Symbol = Build.Btc.Symbol, Quantity = quantity, Price = 100, Time = Build.Close(0) };

    /// <summary>At 110, one risk above the entry: break-even, at 100.</summary>
    private OrderRequest[] Raise()
    {
        _trader.Exits = new ExitRules { BreakEvenFromRisks = 1 };
        _trader.NextHour();
        return _trader.Signal(Build.Btc.Symbol, 110, default);
    }

    private ExecutionReport Attention() => new() { Kind = ReportKind.Attention, Symbol = Build.Btc.Symbol, Time = Build.Close(_trader.Hour) };

    private ExecutionReport Rejected(OrderRequest request, RejectReason reason) => _trader.Ended(request, ReportKind.Rejected) with { Reason = reason };

    private OrderRequest Asked()
    {
        var entry = _trader.Buy(100, 90.13, 120.27).Single();
        var protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, Bought, 100)).Single();
        Assert.Equal((90.13m, 120.27m, Bought), (protection.StopPrice, protection.LimitPrice, protection.Quantity));
        return protection;
    }

    private OrderRequest Protected()
    {
        var protection = Asked();
        _trader.Report(_trader.Accepted(protection));
        return protection;
    }
}
