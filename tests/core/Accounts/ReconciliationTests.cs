using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>An account beside what its exchange says of it. It begins with 1,000 and holds 9 BTC at 100 with a stop and a target.</summary>
public class ReconciliationTests
{
    private readonly Trader _trader = new();
    private readonly OrderRequest _protection;

    public ReconciliationTests()
    {
        var entry = _trader.Buy(stop: 90, target: 120).Single();
        _protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 9, 100)).Single();
        _trader.Report(_trader.Accepted(_protection));
    }

    [Fact]
    public void An_account_agrees_with_an_exchange_that_has_the_same()
    {
        var differences = Compare(Picture());
        Assert.True(differences.IsNone);
        Assert.Equal("", differences.Describe());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_protection_that_lacks_a_leg_is_to_be_looked_up(int legs)
    {
        var differences = Compare(Picture() with { Orders = [.. Legs().Take(legs)] });
        Assert.Equal(_protection, Assert.Single(differences.Orders));
        Assert.Equal([(Build.Btc.Symbol, 1)], differences.Symbols);
        Assert.Equal($"The exchange does not have order {_protection.OrderId} for BTCUSDT as the account does.", differences.Describe());
    }

    [Fact]
    public void What_has_traded_without_a_report_is_to_be_looked_up()
    {
        var differences = Compare(Picture() with { Orders = [Legs()[0], Legs()[1] with { Traded = 2 }] });
        Assert.Equal(_protection, Assert.Single(differences.Orders));
    }

    [Fact]
    public void Of_a_protection_whose_stop_has_gone_one_leg_is_enough()
    {
        _trader.Report(new ExecutionReport { Kind = ReportKind.Expired, OrderId = _protection.OrderId, Leg = OcoLeg.Stop, Reason = RejectReason.OtherLegFilled, Time = Build.Close(0) });
        Assert.True(Compare(Picture() with { Orders = [Legs()[1]] }).IsNone);
    }

    [Fact]
    public void Of_a_protection_whose_stop_was_met_the_stop_alone_rests_and_is_sold_past_when_it_stays()
    {
        var differences = Compare(Picture() with { Orders = [Legs()[0] with { IsTriggered = true }] });
        Assert.True(differences.IsNone);
        Assert.Equal(_protection.OrderId, Assert.Single(differences.Stuck).OrderId);
        var stuck = new ExecutionReport { Kind = ReportKind.StopStuck, Symbol = Build.Btc.Symbol, Time = Build.Close(0) };
        var cancellation = _trader.Report(stuck).Single();
        Assert.Equal((RequestKind.Cancel, _protection.OrderId), (cancellation.Kind, cancellation.OrderId));
        Assert.Empty(_trader.Report(stuck));
        var sale = _trader.Report(_trader.Ended(_protection, ReportKind.Canceled)).Single();
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, 9m), (sale.Purpose, sale.Type, sale.Quantity));
        _trader.Report(_trader.Traded(sale, 7, 9, 80));
        Assert.Equal(ExitReason.Stop, _trader.Facts.Last(fact => fact.Kind == FactKind.PositionClosed).Exit);
    }

    [Fact]
    public void Coins_of_a_symbol_that_is_not_traded_any_more_are_its_owners()
    {
        var picture = Picture() with { Assets = [.. Picture().Assets, new("ETH", 3)] };
        Assert.Equal("ETHUSDT", Assert.Single(Compare(picture with { Rules = [Build.Btc, Build.Eth] }).Assets).Symbol);
        Assert.True(Compare(picture with { Rules = [Build.Btc] }).IsNone);
    }

    [Fact]
    public void A_fee_that_was_paid_in_another_coin_is_no_difference()
    {
        var sale = Leave();
        _trader.Report(_trader.Traded(sale, 8, 9, 100) with { Fee = 0.003m, FeeAsset = FeeAsset.Bnb, FeeValue = 0.9m });
        Assert.Equal((999.1m, 0.9m), (_trader.State.Cash, _trader.State.PaidElsewhere));
        Assert.True(Compare(new ExchangePicture([], [new("USDT", 1_000)], [])).IsNone);
        Assert.Equal(0.9m, _trader.Replayed().PaidElsewhere);
    }

    [Fact]
    public void An_order_of_which_nobody_knows_whether_it_arrived_is_no_difference()
    {
        _trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60));
        Assert.Contains(_trader.State.Orders, order => order is { Status: OrderStatus.Unknown, Request.Symbol: "ETHUSDT" });
        Assert.True(Compare(Picture()).IsNone);
    }

    [Fact]
    public void An_order_that_the_account_is_done_with_is_a_stray_and_one_of_others_is_not()
    {
        var stray = new RestingOrder(1, Build.Btc.Symbol, "ot-1", OrderSide.Buy, OcoLeg.None, 1, 0);
        var foreign = new RestingOrder(0, Build.Eth.Symbol, "by hand", OrderSide.Buy, OcoLeg.None, 1, 0);
        var differences = Compare(Picture() with { Orders = [.. Legs(), stray, foreign] });
        Assert.Equal(stray, Assert.Single(differences.Strays));
        Assert.Equal(foreign, Assert.Single(differences.Foreign));
        Assert.Equal("The exchange still has ot-1 for BTCUSDT.", differences.Describe());
        Assert.True(Compare(Picture() with { Orders = [.. Legs(), foreign] }).IsNone);
    }

    [Fact]
    public void An_exchange_that_has_seen_later_orders_than_the_journal_is_told_apart_from_everything_else()
    {
        var differences = Compare(Picture() with { LastOrderId = 7 });
        Assert.Equal((7L, false, false), (differences.Unwritten, differences.IsNone, differences.IsOfAssets));
        Assert.Contains("it is older than what was traded, or another service trades under the same name; restore the newest journal, stop the other one, or trade under another Account:Name.", differences.Describe(), StringComparison.Ordinal);
        Assert.True(Compare(Picture() with { LastOrderId = _protection.OrderId }).IsNone);
    }

    [Fact]
    public void Money_and_coins_that_nobody_explains_are_taken_over_once_and_then_there_is_no_difference()
    {
        var picture = Picture() with { Assets = [new("USDT", 150), new("BTC", 8), new("ETH", 3)], Prices = [new("BTCUSDT", 101), new("ETHUSDT", 51)] };
        var differences = Compare(picture);
        Assert.True(differences.IsOfAssets);
        Assert.Equal([("USDT", 50m), ("BTC", -1m), ("ETH", 3m)], differences.Assets.Select(asset => (asset.Asset, asset.Surplus)));
        Assert.Equal("The exchange has 150 USDT and the account 100; the exchange has 8 BTC and the account 9; the exchange has 3 ETH and the account 0.", differences.Describe());

        var adoption = Reconciliation.Adoption(_trader.State, differences, picture, Build.Close(0)).ToArray();
        _trader.Report(adoption);
        Assert.Equal((150m, 8m, 3m), (_trader.State.Cash, _trader.Btc.TotalQuantity, _trader.Eth.External));
        Assert.Equal(50 - 101 + (3 * 51), _trader.State.Flows);
        Assert.Empty(Compare(picture).Assets);
        // Told again, as after a lost answer.
        _trader.Report(adoption);
        Assert.Equal((150m, 8m, 3m), (_trader.State.Cash, _trader.Btc.TotalQuantity, _trader.Eth.External));
        Assert.Equal([4L, 5L], Reconciliation.Adoption(_trader.State, differences with { Assets = differences.Assets[..2] }, picture, Build.Close(0)).Select(report => report.TradeId));
    }

    [Fact]
    public void A_difference_about_orders_locks_their_symbol_until_its_owner_lifts_it()
    {
        var differs = new ExecutionReport { Kind = ReportKind.Differs, Symbol = Build.Eth.Symbol, Quantity = 2, Time = Build.Close(0) };
        _trader.Report(differs);
        _trader.Report(differs);
        var held = Assert.Single(_trader.State.Risk.Locks);
        Assert.Equal("ETHUSDT takes no new position until its owner lifts the lock: exchange and account differ about 2 of its orders; look at the exchange what they have become.", held.Describe());
        Assert.Empty(_trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60)));
        Assert.Equal(RefusalCode.Locked, _trader.Facts[^1].Refusal);
        Assert.Equal("locked until its owner lifts the lock", _trader.Facts[^1].Decision!.Checks.Single(check => check.Code == RefusalCode.Locked).Describe());
        _trader.Command((account, time) => account.LiftLock(held.Id, time));
        _trader.NextHour();
        Assert.Single(_trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60)));
    }

    [Fact]
    public void A_sale_that_was_refused_is_tried_again_as_soon_as_the_position_is_looked_after()
    {
        var sale = Leave();
        _trader.Report(new ExecutionReport { Kind = ReportKind.Rejected, OrderId = sale.OrderId, Reason = RejectReason.Refused, IsLast = true, Time = Build.Close(0) });
        Assert.True(_trader.Btc.IsExposed);
        var again = _trader.Report(Attention(TimeSpan.FromSeconds(5))).Single();
        Assert.Equal((OrderPurpose.Exit, 9m), (again.Purpose, again.Quantity));
        // Nothing more is asked for while it works.
        Assert.Empty(_trader.Report(Attention(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void A_position_that_has_lacked_its_stop_for_too_long_is_given_up_between_bars()
    {
        _trader.Exits = new ExitRules { MaxUnprotectedSeconds = 30 };
        var entry = _trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60)).Single();
        _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 2, 1, 50));
        Assert.Empty(_trader.Report(Attention(TimeSpan.FromSeconds(29)) with { Symbol = Build.Eth.Symbol }));
        var cancellation = _trader.Report(Attention(TimeSpan.FromSeconds(30)) with { Symbol = Build.Eth.Symbol }).Single();
        Assert.Equal((RequestKind.Cancel, ExitReason.ProtectionLost), (cancellation.Kind, _trader.Eth.Leaving));
    }

    [Fact]
    public void What_is_said_of_a_symbol_that_is_not_known_changes_nothing()
    {
        var before = _trader.State.Sequence;
        _trader.Report(Attention(TimeSpan.Zero) with { Symbol = "XRPUSDT" }, new ExecutionReport { Kind = ReportKind.Differs, Symbol = "XRPUSDT", Quantity = 1, Time = Build.Close(0) });
        Assert.Equal(before, _trader.State.Sequence);
    }

    private static ExecutionReport Attention(TimeSpan later) => new() { Kind = ReportKind.Attention, Symbol = Build.Btc.Symbol, Time = Build.Close(0) + later };

    /// <summary>The protection is taken back, and the position sold.</summary>
    private OrderRequest Leave()
    {
        _trader.Leave();
        return _trader.Report(_trader.Ended(_protection, ReportKind.Canceled)).Single();
    }

    private Differences Compare(ExchangePicture picture) => Reconciliation.Compare(_trader.State, picture);

    private ExchangePicture Picture() => new(Legs(), [new("USDT", _trader.State.Cash), new("BTC", 9), new("BNB", 4)], []);

    private ImmutableArray<RestingOrder> Legs() =>
    [
        new(_protection.OrderId, Build.Btc.Symbol, "stop", OrderSide.Sell, OcoLeg.Stop, 9, 0),
        new(_protection.OrderId, Build.Btc.Symbol, "target", OrderSide.Sell, OcoLeg.Target, 9, 0),
    ];
}
