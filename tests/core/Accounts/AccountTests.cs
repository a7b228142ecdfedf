using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class AccountTests
{
    private readonly Trader _trader = new();

    [Fact]
    public void A_trade_from_signal_to_profit()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        Assert.Equal((1_000m, 0m), (_trader.State.Reserved, _trader.State.FreeCash));

        _trader.NextHour();
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 9, 100, fee: 1)));
        Assert.Equal((OrderType.Oco, 9m, 90m, 120m), (protection.Type, protection.Quantity, protection.StopPrice, protection.LimitPrice));
        Assert.Equal((99m, 0m), (_trader.State.Cash, _trader.State.Reserved));

        _trader.Report(_trader.Accepted(protection));
        Assert.Empty(_trader.Report(_trader.Traded(protection, 2, 9, 120, leg: OcoLeg.Target, fee: 1)));

        // 99 + 9 * 120 - 1
        Assert.Equal((1_178m, 0m), (_trader.State.Cash, _trader.Btc.Quantity));
        var closed = Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed);
        Assert.Equal((178m, ExitReason.Target, 100m, 120m, 2m), (closed.Amount, closed.Exit, closed.EntryPrice, closed.Price, closed.Fee));
        Assert.Equal((1, 1, 178m), (_trader.Btc.Record.Trades, _trader.Btc.Record.Wins, _trader.Btc.Record.RealisedPnl));
    }

    [Theory]
    [InlineData(RunState.Paused)]
    [InlineData(RunState.Stopped)]
    public void An_entry_that_still_buys_is_taken_back_when_the_account_is_halted_and_what_it_bought_stays_protected(RunState halt)
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        _trader.NextHour();
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 4, 100, isLast: false)));
        _trader.Report(_trader.Accepted(protection));

        var cancel = Assert.Single(_trader.Set(halt));
        Assert.Equal((RequestKind.Cancel, entry.OrderId), (cancel.Kind, cancel.OrderId));
        Assert.Empty(_trader.Report(_trader.Ended(entry, ReportKind.Canceled, tradedInAll: 4)));
        Assert.Equal((4m, 0m, protection.OrderId), (_trader.Btc.Quantity, _trader.State.Reserved, _trader.Btc.ProtectionOrderId));
        Assert.Empty(_trader.Buy(100, stop: 90, target: 120));
    }

    [Fact]
    public void An_entry_that_the_exchange_never_had_stays_unwanted_when_it_refuses_to_take_it_back()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        Assert.Single(_trader.Set(RunState.Paused));
        Assert.Empty(_trader.Report(_trader.Ended(entry, ReportKind.CancelRejected)));
        Assert.True(Assert.Single(_trader.State.Orders).IsCancelRequested);
    }

    [Fact]
    public void A_halt_takes_nothing_back_that_reduces_a_position()
    {
        Hold();
        Assert.Empty(_trader.Set(RunState.Paused));
        Assert.Empty(_trader.Set(RunState.Stopped));
    }

    [Fact]
    public void Settings_are_noted_once_and_again_when_they_change()
    {
        foreach (var terms in new[] { "fee 10", "fee 10", "fee 7" }) _trader.Agree(terms);
        string[] noted = [.. _trader.Facts.Where(fact => fact.Kind == FactKind.TermsChanged).Select(fact => fact.Terms!)];
        Assert.Equal(["fee 10", "fee 7"], noted);
        Assert.Equal("fee 7", _trader.Replayed().Terms);
    }

    [Fact]
    public void Two_symbols_cannot_spend_the_same_money()
    {
        _trader.Limits = RiskLimits.None with { MaxPositionShare = 0.7m };
        Assert.Equal(700m, Assert.Single(_trader.Buy()).Budget);
        var second = Assert.Single(_trader.Signal(Build.Eth.Symbol, 50, new(Direction.Long, 1, double.NaN, double.NaN)));
        Assert.Equal(300m, second.Budget);
        Assert.Equal(0m, _trader.State.FreeCash);
    }

    [Fact]
    public void Leaving_a_protected_position_takes_the_protection_back_before_it_sells()
    {
        var (_, protection) = Hold();
        var cancel = Assert.Single(_trader.Leave());
        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        Assert.Empty(_trader.Leave());

        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        Assert.Equal((OrderType.Market, OrderSide.Sell, 9m), (sale.Type, sale.Side, sale.Quantity));
    }

    [Fact]
    public void A_stop_that_fills_while_its_cancellation_is_under_way_leaves_nothing_to_sell()
    {
        var (_, protection) = Hold();
        _trader.Leave();
        Assert.Empty(_trader.Report(_trader.Traded(protection, 7, 9, 90, leg: OcoLeg.Stop)));
        Assert.Empty(_trader.Report(_trader.Ended(protection, ReportKind.CancelRejected)));
        Assert.False(_trader.Btc.IsHeld);
        Assert.Equal(ExitReason.Stop, _trader.Facts.Single(fact => fact.Kind == FactKind.PositionClosed).Exit);
    }

    [Fact]
    public void Each_partial_fill_of_an_entry_is_protected_in_full()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var first = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 4, 100, isLast: false)));
        Assert.Equal(4m, first.Quantity);
        _trader.Report(_trader.Accepted(first));

        var cancel = Assert.Single(_trader.Report(_trader.Traded(entry, 2, 5, 100)));
        Assert.Equal((RequestKind.Cancel, first.OrderId), (cancel.Kind, cancel.OrderId));
        Assert.Equal(9m, Assert.Single(_trader.Report(_trader.Ended(first, ReportKind.Canceled))).Quantity);
    }

    [Fact]
    public void Fills_that_are_reported_together_are_protected_by_one_order()
    {
        var entry = Assert.Single(_trader.Buy(stop: 90, target: 120));

        var protection = Assert.Single(_trader.Report(
            _trader.Accepted(entry),
            _trader.Traded(entry, 1, 2, 100, isLast: false),
            _trader.Traded(entry, 2, 3, 100, isLast: false),
            _trader.Traded(entry, 3, 4, 100)));

        Assert.Equal((RequestKind.Place, OrderType.Oco, 9m), (protection.Kind, protection.Type, protection.Quantity));
    }

    [Fact]
    public void What_fills_are_left_uncovered_is_covered_from_the_first_of_them_on()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var early = _trader.Traded(entry, 1, 4, 100, isLast: false) with { Time = Build.Close(0) };
        var late = _trader.Traded(entry, 2, 5, 100) with { Time = Build.Close(1) };
        Assert.Equal(Build.Close(0), Assert.Single(_trader.Report(_trader.Accepted(entry), early, late)).ActiveFrom);
    }

    [Fact]
    public void A_target_that_begins_to_trade_is_taken_back_and_the_rest_is_protected_anew()
    {
        var (_, protection) = Hold();
        Assert.Empty(_trader.Report(_trader.Traded(protection, 5, 4, 120, isLast: false, leg: OcoLeg.Target)));
        var cancel = Assert.Single(_trader.Report(new ExecutionReport { Kind = ReportKind.Expired, OrderId = protection.OrderId, Leg = OcoLeg.Stop, Time = Build.Close(1) }));
        Assert.Equal(RequestKind.Cancel, cancel.Kind);

        var renewed = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled, tradedInAll: 4)));
        Assert.Equal((OrderType.Oco, 5m), (renewed.Type, renewed.Quantity));
        Assert.NotEqual(protection.OrderId, renewed.OrderId);
    }

    [Fact]
    public void A_position_whose_protection_is_refused_is_sold_at_once()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Traded(entry, 1, 9, 89)));
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Rejected) with { Reason = RejectReason.WouldTriggerAtOnce }));
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, 9m), (sale.Purpose, sale.Type, sale.Quantity));
        Assert.Contains(_trader.Facts, fact => fact.Kind == FactKind.ProtectionLost);
    }

    [Fact]
    public void A_sale_that_is_refused_is_tried_again_with_the_next_step()
    {
        Hold(stop: double.NaN);
        var sale = Assert.Single(_trader.Leave());
        Assert.Empty(_trader.Report(_trader.Ended(sale, ReportKind.Rejected) with { Reason = RejectReason.InsufficientBalance }));
        _trader.NextHour();
        var again = Assert.Single(_trader.Signal(Build.Btc.Symbol, 100, Signal.Hold));
        Assert.Equal(OrderPurpose.Exit, again.Purpose);
        Assert.NotEqual(sale.OrderId, again.OrderId);
    }

    [Fact]
    public void What_is_too_little_to_sell_stays_as_dust_and_joins_the_next_position()
    {
        Hold(stop: double.NaN);
        var sale = Assert.Single(_trader.Leave());
        var rest = Assert.Single(_trader.Report(_trader.Traded(sale, 3, 8.99m, 100, isLast: false), _trader.Ended(sale, ReportKind.Expired, tradedInAll: 8.99m)));
        _trader.Report(_trader.Ended(rest, ReportKind.Rejected) with { Reason = RejectReason.BelowMinNotional });
        Assert.Equal((0m, 0.01m), (_trader.Btc.Quantity, _trader.Btc.Dust));
        Assert.Equal(1, _trader.Btc.Record.Trades);

        _trader.NextHour();
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Traded(entry, 9, 1, 100));
        Assert.Equal((1.01m, 0m), (_trader.Btc.Quantity, _trader.Btc.Dust));
    }

    [Fact]
    public void Dust_whose_price_has_risen_is_sold()
    {
        LeaveDust(0.04m);
        Assert.Empty(_trader.Signal(Build.Btc.Symbol, 137, Signal.Hold));
        _trader.Set(RunState.Stopped);
        Assert.Empty(_trader.Signal(Build.Btc.Symbol, 138, Signal.Hold));
        _trader.Set(RunState.Paused);

        var sale = Assert.Single(_trader.Signal(Build.Btc.Symbol, 138, Signal.Hold));
        Assert.Equal((OrderSide.Sell, OrderPurpose.Exit, 0.04m), (sale.Side, sale.Purpose, sale.Quantity));
        _trader.Report(_trader.Traded(sale, 20, 0.04m, 150, isLast: true));
        Assert.True(_trader.Btc.IsEmpty);
        var closed = _trader.Facts.Last(fact => fact.Kind == FactKind.PositionClosed);
        Assert.Equal((ExitReason.Dust, 0.04m, 100m, 150m, 2m), (closed.Exit, closed.Quantity, closed.EntryPrice, closed.Price, closed.Amount));
        Assert.Equal(_trader.State.StartCash + 2, _trader.State.Cash);
    }

    [Fact]
    public void Dust_joins_an_entry_before_it_is_sold()
    {
        LeaveDust(0.04m);
        Assert.Equal(OrderPurpose.Entry, Assert.Single(_trader.Buy(price: 200)).Purpose);
        Assert.Empty(_trader.Signal(Build.Btc.Symbol, 200, Signal.Hold));
    }

    [Fact]
    public void A_refused_entry_gives_its_money_back()
    {
        var entry = Assert.Single(_trader.Buy());
        Assert.Empty(_trader.Report(_trader.Ended(entry, ReportKind.Rejected) with { Reason = RejectReason.InsufficientBalance }));
        Assert.Equal((1_000m, 0m), (_trader.State.FreeCash, _trader.State.Reserved));
        Assert.True(_trader.Btc.IsIdle);
    }

    [Fact]
    public void Trades_that_are_reported_after_the_end_of_their_order_are_waited_for()
    {
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Ended(entry, ReportKind.Expired, tradedInAll: 5));
        Assert.Equal(1_000m, _trader.State.Reserved);

        _trader.Report(_trader.Traded(entry, 1, 5, 100, isLast: false));
        Assert.Equal((0m, 500m, 5m), (_trader.State.Reserved, _trader.State.Cash, _trader.Btc.Quantity));
        Assert.Empty(_trader.State.Orders);
    }

    [Fact]
    public void The_same_refusal_is_written_once_and_not_with_each_bar()
    {
        _trader.Account.SetRunState(RunState.Paused, Build.Start);
        for (var i = 0; i < 5; i++) Assert.Empty(_trader.Buy());
        Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.EntryRefused);

        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Buy();
        Assert.Equal(2, _trader.Facts.Count(fact => fact.Kind == FactKind.EntryRefused));
    }

    [Theory]
    [InlineData(RunState.Paused, true)]
    [InlineData(RunState.Stopped, false)]
    public void A_paused_account_still_leaves_positions_and_a_stopped_one_leaves_that_to_their_stops(RunState run, bool leaves)
    {
        var (_, protection) = Hold();
        _trader.Account.SetRunState(run, Build.Start);
        Assert.Equal(leaves, _trader.Leave().Length == 1);
        Assert.Empty(_trader.Report(_trader.Traded(protection, 8, 9, 90, leg: OcoLeg.Stop)));
        Assert.False(_trader.Btc.IsHeld);
    }

    [Fact]
    public void The_facts_alone_give_the_same_account()
    {
        var (_, protection) = Hold();
        _trader.Report(_trader.Traded(protection, 8, 9, 90, leg: OcoLeg.Stop, fee: 0.5m));
        var replayed = _trader.Replayed();
        Assert.Equal(
            (_trader.State.Cash, _trader.State.Sequence, _trader.State.Fees, _trader.State.NextOrderId),
            (replayed.Cash, replayed.Sequence, replayed.Fees, replayed.NextOrderId));
        Assert.Equal(_trader.Btc.Record.RealisedPnl, replayed.Positions[0].Record.RealisedPnl);
    }

    [Fact]
    public void A_sale_that_an_exchange_calls_too_small_by_mistake_makes_no_dust_and_is_tried_again()
    {
        Hold(stop: double.NaN);
        var sale = Assert.Single(_trader.Leave());
        Assert.Empty(_trader.Report(_trader.Ended(sale, ReportKind.Rejected) with { Reason = RejectReason.BelowMinNotional }));
        Assert.Equal((9m, 0m), (_trader.Btc.Quantity, _trader.Btc.Dust));
        _trader.NextHour();
        var again = Assert.Single(_trader.Signal(Build.Btc.Symbol, 100, Signal.Hold));
        Assert.Equal((OrderSide.Sell, 9m), (again.Side, again.Quantity));
    }

    [Fact]
    public void A_refusal_explains_itself()
    {
        _trader.Limits = new RiskLimits { MinNotional = 5_000 };
        _trader.Buy();
        var text = _trader.Facts.Single(fact => fact.Kind == FactKind.EntryRefused).Decision!.Describe(Build.Btc.Symbol);
        Assert.StartsWith("Did not buy BTCUSDT at 100: an order worth 245.00 after costs, at least 5000.00 needed.", text, StringComparison.Ordinal);
    }

    /// <summary>Leaves as dust so much of 9 bought at 100; the rest was sold at 100.</summary>
    private void LeaveDust(decimal quantity)
    {
        Hold(stop: double.NaN);
        var sale = Assert.Single(_trader.Leave());
        var sold = 9 - quantity;
        var rest = Assert.Single(_trader.Report(_trader.Traded(sale, 3, sold, 100, isLast: false), _trader.Ended(sale, ReportKind.Expired, tradedInAll: sold)));
        _trader.Report(_trader.Ended(rest, ReportKind.Rejected) with { Reason = RejectReason.BelowMinNotional });
        _trader.NextHour();
    }

    /// <summary>Holds 9 bought at 100, protected if a stop is given.</summary>
    private (OrderRequest Entry, OrderRequest Protection) Hold(double stop = 90)
    {
        var entry = Assert.Single(_trader.Buy(100, stop, double.IsNaN(stop) ? double.NaN : 120));
        var protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 9, 100)).SingleOrDefault();
        if (protection.OrderId != 0) _trader.Report(_trader.Accepted(protection));
        _trader.NextHour();
        return (entry, protection);
    }
}
