using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class RebalanceTests
{
    private readonly Trader _trader = new(cash: 1_000);
    private long _tradeId;

    [Fact]
    public void Sales_come_first_and_purchases_with_what_they_brought()
    {
        Hold(quantity: 9, stop: double.NaN);
        Target((Build.Btc.Symbol, 0.4m), (Build.Eth.Symbol, 0.5m));

        var sale = Rebalance().Single();
        Assert.Equal((OrderSide.Sell, OrderPurpose.Reduction, 5m), (sale.Side, sale.Purpose, sale.Quantity));
        Assert.Empty(GoOn());
        Fill(sale, 5, 100);
        var purchase = GoOn().Single();
        Assert.Equal((Build.Eth.Symbol, OrderPurpose.Entry, 500m), (purchase.Symbol, purchase.Purpose, purchase.Budget));
        Fill(purchase, 25, 20);
        Assert.Empty(GoOn());

        Assert.Equal(0, _trader.State.RebalanceRound);
        Assert.Equal((4m, 25m, 100m), (_trader.Btc.Quantity, _trader.Eth.Quantity, _trader.State.Cash));
        Assert.Equal(_trader.State.RebalanceRound, _trader.Replayed().RebalanceRound);
    }

    [Fact]
    public void What_is_kept_of_a_protected_position_is_protected_anew()
    {
        var protection = Hold(quantity: 9, stop: 90);
        Target((Build.Btc.Symbol, 0.4m));

        var cancel = Rebalance().Single();
        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        var requests = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));

        Assert.Equal([(OrderPurpose.Protection, 4m), (OrderPurpose.Reduction, 5m)], requests.Select(request => (request.Purpose, request.Quantity)));
    }

    [Fact]
    public void What_is_to_be_sold_is_sold_once_however_long_the_stop_takes_to_go()
    {
        var protection = Hold(quantity: 9, stop: 90);
        Target((Build.Btc.Symbol, 0.4m));

        Rebalance();
        Assert.Empty(GoOn());
        Assert.Empty(GoOn());
        var requests = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));

        Assert.Equal(5m, requests.Single(request => request.Purpose == OrderPurpose.Reduction).Quantity);
    }

    [Fact]
    public void A_part_that_is_no_longer_there_once_the_stop_has_traded_is_taken_back()
    {
        var protection = Hold(quantity: 9, stop: 90);
        Target((Build.Btc.Symbol, 0.4m));
        Rebalance();
        var requests = _trader.Report(_trader.Ended(protection, ReportKind.Canceled));
        var (stop, part) = (requests[0], requests[1]);
        _trader.Report(_trader.Accepted(stop), _trader.Accepted(part));
        _trader.Report(new ExecutionReport { Kind = ReportKind.HoldingMoved, Symbol = Build.Btc.Symbol, Quantity = -1, Price = 100, TradeId = ++_tradeId, Time = Build.Close(_trader.Hour) });

        var taken = _trader.Report(_trader.Traded(stop, ++_tradeId, 4, 90, leg: OcoLeg.Stop));

        Assert.Equal((RequestKind.Cancel, part.OrderId), (taken[0].Kind, taken[0].OrderId));
    }

    [Fact]
    public void A_sale_of_it_all_leaves_the_position()
    {
        Hold(quantity: 9, stop: double.NaN);
        Target((Build.Btc.Symbol, 0m));

        var sale = Rebalance().Single();
        Fill(sale, 9, 110);

        Assert.Equal(ExitReason.Rebalance, _trader.Facts.Single(fact => fact.Kind == FactKind.PositionClosed).Exit);
    }

    [Fact]
    public void A_purchase_passes_the_limits_and_a_sale_does_not_need_to()
    {
        Hold(quantity: 9, stop: double.NaN);
        Target((Build.Btc.Symbol, 0.4m), (Build.Eth.Symbol, 0.5m));
        _trader.Set(RunState.Paused);

        Fill(Rebalance().Single(), 5, 100);
        Assert.Empty(GoOn());

        Assert.Equal(RefusalCode.NotRunning, _trader.Eth.LastRefusal);
        Assert.Equal(0, _trader.State.RebalanceRound);
    }

    [Fact]
    public void An_account_near_its_targets_and_one_that_would_pay_too_much_trade_nothing()
    {
        Hold(quantity: 9, stop: double.NaN);
        Target((Build.Btc.Symbol, 0.88m));
        Assert.Empty(Rebalance());
        _trader.Account.Use(new AllocationTargets { Shares = Shares((Build.Btc.Symbol, 0m)), CostShare = 0.01m });
        Assert.Empty(Rebalance());

        Assert.Equal(0, _trader.State.RebalanceRound);
    }

    private void Target(params (string Symbol, decimal Share)[] shares) => _trader.Account.Use(new AllocationTargets { Shares = Shares(shares) });

    private static ImmutableSortedDictionary<string, decimal> Shares(params (string Symbol, decimal Share)[] shares) =>
        shares.ToImmutableSortedDictionary(share => share.Symbol, share => share.Share, StringComparer.Ordinal);

    [Fact]
    public void A_purchase_is_judged_by_what_is_known_of_its_symbol()
    {
        Assert.Empty(BuyIn(new EntryMarket { Status = SymbolStatus.Halted }));
        Assert.Equal(RefusalCode.SymbolHalted, _trader.Btc.LastRefusal);
    }

    [Fact]
    public void A_symbol_without_a_bar_in_the_step_is_not_bought()
    {
        Assert.Empty(BuyIn(market: null));
        Assert.Equal((RefusalCode.None, 0), (_trader.Btc.LastRefusal, _trader.State.RebalanceRound));
    }

    /// <summary>A step of a rebalancing that lacks a symbol of which so much is known.</summary>
    private OrderRequest[] BuyIn(EntryMarket? market)
    {
        Target((Build.Btc.Symbol, 0.2m));
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        Rebalance();
        _trader.NextHour();
        return _trader.Command((account, time) => account.GoOnRebalancing(_trader.Limits, time, _ => market));
    }

    private OrderRequest[] Rebalance() => _trader.Command((account, time) => account.Rebalance(time));

    private OrderRequest[] GoOn()
    {
        _trader.NextHour();
        return _trader.Command((account, time) => account.GoOnRebalancing(_trader.Limits, time));
    }

    /// <returns>What protects it; the default value where nothing does.</returns>
    private OrderRequest Hold(decimal quantity, double stop)
    {
        var entry = _trader.Buy(100, stop, double.IsNaN(stop) ? stop : 150).Single();
        _trader.Signal(Build.Eth.Symbol, 20, Core.Strategies.Signal.Hold);
        var requests = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, ++_tradeId, quantity, 100));
        if (requests.Length == 0) return default;
        _trader.Report(_trader.Accepted(requests[0]));
        return requests[0];
    }

    private void Fill(OrderRequest order, decimal quantity, decimal price) =>
        _trader.Report(_trader.Accepted(order), _trader.Traded(order, ++_tradeId, quantity, price));
}
