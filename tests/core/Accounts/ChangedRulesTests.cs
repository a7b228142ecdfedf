using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The exchange changes the rules of a symbol while it is traded. The account begins with 1,000; 1.23456 BTC are bought at 100, with the stop at 90.13 and the target at 120.27.</summary>
public class ChangedRulesTests
{
    private const decimal Bought = 1.23456m;
    private static readonly SymbolRules Coarser = Build.Btc with { TickSize = 0.5m, StepSize = 0.01m };
    private readonly Trader _trader = new();

    [Fact]
    public void What_rests_by_a_finer_grid_is_taken_back_and_placed_by_the_coarser_one()
    {
        var old = Protected();
        var cancel = Assert.Single(_trader.Report(Listed(Coarser)));
        Assert.Equal((RequestKind.Cancel, old.OrderId), (cancel.Kind, cancel.OrderId));

        var protection = Assert.Single(_trader.Report(_trader.Ended(old, ReportKind.Canceled)));
        // Down for a stop, up for a target, and what is no whole step is left.
        Assert.Equal((90m, 120.5m, 1.23m), (protection.StopPrice, protection.LimitPrice, protection.Quantity));
        _trader.Report(_trader.Accepted(protection));
        Assert.False(_trader.Btc.IsUnprotected);
        _trader.NextHour();
        Assert.Empty(_trader.Report(Attention()));
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
        _trader.Report(_trader.Ended(old, ReportKind.Canceled));
        var replayed = _trader.Replayed().Positions[0];
        Assert.Equal((Coarser, 90m, 120.5m, _trader.Btc.ProtectionOrderId), (replayed.Rules, replayed.Stop, replayed.Target, replayed.ProtectionOrderId));
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
