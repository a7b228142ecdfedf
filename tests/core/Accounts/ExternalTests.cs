using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Accounts.Performance;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Coins that come or go by nobody's order.</summary>
public class ExternalTests
{
    private readonly Trader _trader = new(cash: 1_000);

    [Fact]
    public void Coins_that_come_in_are_equity_and_no_profit()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(2, 1));

        Assert.Equal((2m, 0m, 1_000m, 200m), (_trader.Btc.External, _trader.Btc.TotalQuantity, _trader.State.Cash, _trader.State.Flows));
        var figures = PortfolioFigures.Of(_trader.State);
        Assert.Equal((1_200m, 0m, 0m, 0.0), (figures.Equity, figures.RealisedPnl, figures.OpenPnl, figures.MaxDrawdown));
        Assert.Equal((1_200, 1_200), (_trader.State.Equity.Latest, _trader.State.Equity.Peak));
    }

    [Fact]
    public void From_then_on_their_price_moves_the_equity_but_not_what_the_symbol_has_brought()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(2, 1));
        _trader.NextHour();
        _trader.Signal(Build.Btc.Symbol, 90, Signal.Hold);

        // 20 of 1,200 are lost.
        Assert.Equal((1_180, 1 / 60.0), (_trader.State.Equity.Latest, _trader.State.Equity.MaxDrawdown));
        Assert.Equal((1_000, 0), (_trader.Btc.Record.Equity.Latest, _trader.Btc.Record.Equity.MaxDrawdown));
        Assert.Equal(-20, _trader.Btc.ExternalValue - _trader.Btc.ExternalPaid);
    }

    [Fact]
    public void A_fall_before_coins_come_is_the_same_share_after_it()
    {
        var trader = new Trader(cash: 1_000, RiskLimits.None with { MaxDrawdown = 0.3m, MaxDailyLoss = 0.25m });
        var entry = trader.Buy().Single();
        trader.Report(trader.Accepted(entry), trader.Traded(entry, 1, 9, 100));
        trader.NextHour();
        // 100 in cash and 9 at 80: 18 % below the start.
        trader.Signal(Build.Btc.Symbol, 80, Signal.Hold);
        trader.Report(Moved(10.25m, 2));

        Assert.Equal(1_640, trader.State.Equity.Latest);
        Assert.Equal(0.18, 1 - (trader.State.Equity.Latest / trader.State.Risk.Peak), 9);
        Assert.Equal(0.18m, 1 - ((decimal)trader.State.Equity.Latest / trader.State.Risk.DayEquity), 6);
    }

    [Fact]
    public void The_strategy_neither_counts_nor_protects_nor_sells_them()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        Assert.Empty(_trader.Report(Moved(5, 1)));
        Assert.True(_trader.Btc.IsIdle);
        Assert.Equal(0, _trader.Btc.Value);
        _trader.NextHour();
        Assert.Empty(_trader.Leave());

        var entry = _trader.Buy(stop: 90, target: 120).Single();
        var asked = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 2, 9, 100)).Single();
        Assert.Equal((OrderPurpose.Protection, 9m), (asked.Purpose, asked.Quantity));
    }

    [Fact]
    public void What_goes_out_is_taken_from_the_owners_coins_first()
    {
        var protection = Protected(9);
        _trader.Report(_trader.Accepted(protection), Moved(5, 2), Moved(-4, 3));

        Assert.Equal((1m, 9m), (_trader.Btc.External, _trader.Btc.Quantity));
        Assert.Equal(protection.OrderId, _trader.Btc.ProtectionOrderId);
        Assert.Equal(100, _trader.State.Flows);
    }

    [Fact]
    public void What_goes_beyond_them_is_a_sale_without_a_fee_and_the_rest_is_protected_anew()
    {
        var protection = Protected(9);
        _trader.Report(_trader.Accepted(protection), Moved(1, 2));
        var cancel = _trader.Report(Moved(-5, 3, price: 110)).Single();

        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        // 4 that cost 400 brought 440, which are paid out; with the owner's one 550 less 100 that it came with.
        Assert.Equal((0m, 5m, 500m, 40m, -450m, 100m), (_trader.Btc.External, _trader.Btc.Quantity, _trader.Btc.Cost, _trader.Btc.Record.RealisedPnl, _trader.State.Flows, _trader.State.Cash));
        var anew = _trader.Report(_trader.Ended(protection, ReportKind.Canceled)).Single();
        Assert.Equal((OrderPurpose.Protection, 5m, 90m), (anew.Purpose, anew.Quantity, anew.StopPrice));
    }

    [Fact]
    public void A_position_that_is_taken_away_is_a_closed_trade()
    {
        var protection = Protected(9);
        var cancel = _trader.Report(_trader.Accepted(protection), Moved(-9, 2, price: 110)).Single();

        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        var closed = _trader.Facts.Single(fact => fact.Kind == FactKind.PositionClosed);
        Assert.Equal((ExitReason.External, 9m, 100m, 110m, 90m, 0m), (closed.Exit, closed.Quantity, closed.EntryPrice, closed.Price, closed.Amount, closed.Fee));
        Assert.Empty(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        Assert.Equal((100m, 100m, true), (_trader.State.Cash, _trader.State.EquityValue, _trader.State.IsIdle));
        Assert.Equal(100, _trader.State.Equity.Latest);
    }

    [Fact]
    public void A_sale_under_way_that_is_too_large_by_then_is_taken_back_and_asked_for_anew()
    {
        Bought(9);
        var sale = _trader.Leave().Single();
        _trader.Report(_trader.Accepted(sale));
        var cancel = _trader.Report(Moved(-5, 2)).Single();
        Assert.Equal((RequestKind.Cancel, sale.OrderId), (cancel.Kind, cancel.OrderId));
        var anew = _trader.Report(_trader.Ended(sale, ReportKind.Canceled)).Single();
        Assert.Equal((OrderPurpose.Exit, 4m), (anew.Purpose, anew.Quantity));
    }

    [Fact]
    public void A_stop_that_the_exchange_refuses_because_of_it_is_placed_in_the_right_size()
    {
        var protection = Protected(9);
        Assert.Equal(RequestKind.Cancel, _trader.Report(Moved(-5, 2)).Single().Kind);
        var anew = _trader.Report(_trader.Ended(protection, ReportKind.Rejected) with { Reason = RejectReason.InsufficientBalance }).Single();

        Assert.Equal((OrderPurpose.Protection, 4m), (anew.Purpose, anew.Quantity));
        Assert.Equal(ExitReason.None, _trader.Btc.Leaving);
    }

    [Fact]
    public void A_sale_that_trades_all_the_same_sells_the_coins_that_came_instead()
    {
        Bought(9);
        var sale = _trader.Leave().Single();
        _trader.Report(_trader.Accepted(sale), Moved(-5, 2), Moved(6, 3));
        _trader.Report(_trader.Traded(sale, 4, 9, 110, fee: 1));

        Assert.Equal((0m, 1m, 100m + 990 - 1), (_trader.Btc.Quantity, _trader.Btc.External, _trader.State.Cash));
        // 4 at 110 less 400, less the fee; the rest is the owner's.
        Assert.Equal(39, _trader.Btc.Record.RealisedPnl);
        Assert.Equal(_trader.State.Cash + _trader.Btc.ExternalPaid, 1_000 + _trader.State.Flows + _trader.Btc.Record.RealisedPnl);
    }

    [Fact]
    public void More_than_is_owned_is_booked_down_to_zero_and_said()
    {
        Bought(9);
        _trader.Report(Moved(-12, 2));

        Assert.Equal((0m, 0m, -900m), (_trader.Btc.Quantity, _trader.Btc.External, _trader.State.Flows));
        Assert.Equal(3, _trader.Facts.Single(fact => fact.Kind == FactKind.HoldingMissing).Quantity);
        _trader.NextHour();
        _trader.NextHour();
        Assert.Equal(100, _trader.Buy().Single().Budget);
    }

    [Fact]
    public void What_is_told_to_have_gone_before_it_came_is_made_up_for()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(-5, 8));
        _trader.Report(Moved(7, 7));

        Assert.Equal((2m, 0m, 200m), (_trader.Btc.External, _trader.Btc.Missing, _trader.State.Flows));
        Assert.Equal((2m, 0m), (_trader.Replayed().Positions[0].External, _trader.Replayed().Positions[0].Missing));
    }

    [Fact]
    public void A_gain_of_the_owners_coins_does_not_blind_the_guard_of_recent_losses()
    {
        _trader.Limits = RiskLimits.None with { MaxRecentDrawdown = 0.05m, RecentDrawdownTrades = 1 };
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(9, 1));
        _trader.NextHour();
        _trader.Signal(Build.Btc.Symbol, 300, Signal.Hold);
        _trader.Report(Moved(-9, 2));
        _trader.NextHour();
        var entry = _trader.Buy().Single();
        _trader.Report(_trader.Traded(entry, 11, 9, 100));
        _trader.NextHour();
        var sale = _trader.Leave(90).Single();
        _trader.Report(_trader.Traded(sale, 12, 9, 90));

        // 90 of 1,000.
        Assert.Equal(0.09, Assert.Single(_trader.State.Risk.Locks).Value, 6);
    }

    [Fact]
    public void Nothing_is_bought_while_a_sale_of_what_is_gone_may_still_trade()
    {
        Bought(9);
        var sale = _trader.Leave().Single();
        _trader.Report(_trader.Accepted(sale), Moved(-9, 2));
        _trader.NextHour();
        Assert.Empty(_trader.Buy());
        _trader.Report(_trader.Ended(sale, ReportKind.Canceled));
        _trader.NextHour();
        Assert.Single(_trader.Buy());
    }

    [Fact]
    public void Dust_goes_last()
    {
        Bought(0.05m);
        _trader.Leave();
        var sale = _trader.State.Orders.Single();
        _trader.Report(_trader.Ended(sale.Request, ReportKind.Rejected) with { Reason = RejectReason.BelowMinNotional });
        Assert.Equal(0.05m, _trader.Btc.Dust + _trader.Btc.Quantity);
        _trader.Report(Moved(1, 2), Moved(-1.02m, 3));

        Assert.Equal((0m, 0.03m), (_trader.Btc.External, _trader.Btc.TotalQuantity));
        Assert.Equal(PortfolioFigures.Of(_trader.State).Equity, _trader.State.Cash + 3);
    }

    [Fact]
    public void A_manual_purchase_is_coins_in_and_money_out_in_whichever_order_they_are_told()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Paid(-303, 8));
        _trader.Report(Moved(3, 7, price: 100));
        _trader.Report(Moved(3, 7, price: 100), Paid(-303, 8));

        Assert.Equal((697m, 3m, -3m, 997m), (_trader.State.Cash, _trader.Btc.External, _trader.State.Flows, _trader.State.EquityValue));
    }

    [Fact]
    public void Of_numbers_that_come_in_any_order_each_counts_once()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(1, 200).Select(number => 3L * number).ToArray();
        // None is told more than sixty places from where it belongs.
        var told = numbers.OrderBy(number => number + random.Next(90)).ToArray();
        foreach (var number in told) _trader.Report(Paid(1, number), Paid(1, told[random.Next(Array.IndexOf(told, number) + 1)]));

        Assert.Equal(200, _trader.State.Flows);
        Assert.Equal(64, _trader.State.BookedFlows.Latest.Count);
    }

    [Fact]
    public void An_account_from_before_numbers_were_remembered_knows_what_it_has_booked()
    {
        _trader.Report(Paid(100, 7));
        _trader.State.BookedFlows = new FlowNumbers();
        _trader.Report(Paid(100, 7), Paid(50, 9), Paid(100, 7), Paid(25, 8));

        Assert.Equal(175, _trader.State.Flows);
    }

    [Fact]
    public void A_symbol_that_is_not_listed_is_none_of_its_business()
    {
        _trader.Report(Moved(3, 1) with { Symbol = "DOGEUSDT" });
        Assert.Equal(0, _trader.State.Flows);
    }

    [Fact]
    public void A_rebalancing_neither_counts_nor_touches_them()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(50, 1));
        var plan = Rebalancer.Plan(_trader.State, new AllocationTargets { Shares = ImmutableSortedDictionary<string, decimal>.Empty.Add(Build.Btc.Symbol, 0.5m) });

        Assert.Equal(1_000, plan.Equity);
        Assert.Equal((OrderSide.Buy, 0m, 500m), (plan.Legs[0].Side, plan.Legs[0].Value, plan.Legs[0].Amount));
    }

    [Fact]
    public void They_are_no_performance_when_they_come_and_when_they_go()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(10, 1));
        var book = new PerformanceBook();
        book.Add(1, _trader.Facts.ToArray());
        book.Mark(Build.Close(1), 2_000);
        Assert.Equal((2_000m, 0.0), (book.Paid, book.Days.Items[^1].Return));
        // 10 at 110: 5 % of 2,000.
        book.Mark(Build.Close(2), 2_100);
        Assert.Equal(0.05, book.Days.Items[^1].Return, 12);
    }

    [Fact]
    public void A_new_beginning_forgets_them()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Report(Moved(5, 1));
        _trader.Command((account, time) => Assert.True(account.Reset(300, time)));

        Assert.Equal((0m, 300m), (_trader.Btc.External, _trader.State.EquityValue));
    }

    [Fact]
    public void Facts_alone_give_the_same_account()
    {
        var protection = Protected(9);
        _trader.Report(_trader.Accepted(protection), Moved(1, 2), Moved(-5, 3, price: 110), Paid(20, 4));
        _trader.Report(_trader.Ended(protection, ReportKind.Canceled));

        Assert.Equal(Dealings.Told(_trader.State), Dealings.Told(_trader.Replayed()));
    }

    [Fact]
    public void A_refusal_ends_with_a_fact()
    {
        _trader.Set(RunState.Paused);
        _trader.Buy();
        Assert.NotEqual(RefusalCode.None, _trader.Replayed().Positions[0].LastRefusal);
        for (var bar = 0; bar < 3; bar++)
        {
            _trader.NextHour();
            _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        }

        Assert.Equal((RefusalCode.None, RefusalCode.None), (_trader.Btc.LastRefusal, _trader.Replayed().Positions[0].LastRefusal));
        Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.RefusalEnded);
    }

    private void Bought(decimal quantity)
    {
        var entry = _trader.Buy().Single();
        _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, quantity, 100));
        _trader.NextHour();
    }

    private OrderRequest Protected(decimal quantity)
    {
        var entry = _trader.Buy(stop: 90, target: 120).Single();
        return _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, quantity, 100)).Single();
    }

    private ExecutionReport Moved(decimal quantity, long id, decimal price = 0) =>
        new() { Kind = ReportKind.HoldingMoved, Symbol = Build.Btc.Symbol, Quantity = quantity, Price = price, TradeId = id, Time = Build.Close(_trader.Hour) };

    private ExecutionReport Paid(decimal amount, long id) =>
        new() { Kind = ReportKind.FundsMoved, Quantity = amount, TradeId = id, Time = Build.Close(_trader.Hour) };
}
