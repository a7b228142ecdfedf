using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The exchange does not trade a symbol of which something is held.</summary>
public class NotTradedTests
{
    private static readonly Differences None = new([], [], [], []);
    private static readonly ExchangePicture Open = new([], [], []) { Time = Build.Start };
    private static readonly ExchangePicture Closed = Open with { Closed = ["BTCUSDT"] };

    private readonly Trader _trader = new();
    private readonly DifferenceWatch _watch = new();

    [Fact]
    public void No_order_is_tried_while_none_can_trade_and_as_soon_as_one_can_again()
    {
        var sale = Assert.Single(_trader.Report(_trader.Ended(Hold(), ReportKind.Rejected) with { Reason = RejectReason.UnknownSymbol }));
        _trader.Report(_trader.Ended(sale, ReportKind.Rejected) with { Reason = RejectReason.UnknownSymbol });
        Assert.True(_trader.Btc.IsUnprotected);
        for (var look = 0; look < 5; look++) Assert.Equal([ReportKind.NotTraded], Care(Closed));
        Assert.Equal([ReportKind.Attention], Care(Open));
    }

    [Fact]
    public void Its_owner_is_told_once_an_hour_and_nothing_more_is_bought_of_it()
    {
        Hold();
        for (var minute = 0; minute < 90; minute++) Assert.Empty(_trader.Report(new ExecutionReport { Kind = ReportKind.NotTraded, Symbol = "BTCUSDT", Time = Build.Start.AddMinutes(minute) }));
        var locks = _trader.Facts.Where(fact => fact.Kind == FactKind.LockSet).Select(fact => fact.Lock!).ToList();
        Assert.Equal([Build.Start, Build.Start.AddHours(1)], locks.Select(held => held.From));
        Assert.All(locks, held => Assert.Equal((LockReason.NotTraded, "BTCUSDT", held.From.AddHours(1)), (held.Reason, held.Symbol, held.Until)));
        Assert.Contains("the exchange takes no orders for it now, or none of this account, so that", locks[0].Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_bought_again_as_soon_as_the_exchange_trades_it()
    {
        Hold();
        _trader.Report(new ExecutionReport { Kind = ReportKind.NotTraded, Symbol = "BTCUSDT", Time = Build.Start });
        // Once may be chance, and each lock is an alarm.
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.Equal([ReportKind.NotTraded], Care(Closed));
            Assert.DoesNotContain(ReportKind.TradedAgain, Care(Open));
        }

        Assert.Contains(ReportKind.TradedAgain, Care(Open));
        _trader.Report(new ExecutionReport { Kind = ReportKind.TradedAgain, Symbol = "BTCUSDT", Time = Build.Start.AddMinutes(1) });
        Assert.Equal(LockReason.NotTraded, Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.LockLifted).Lock!.Reason);
        Assert.Empty(_trader.Account.State.Risk.Locks);
        Assert.DoesNotContain(ReportKind.TradedAgain, Care(Open));
    }

    [Fact]
    public void A_lock_of_another_reason_stays()
    {
        Hold();
        _trader.Report(new ExecutionReport { Kind = ReportKind.Differs, Symbol = "BTCUSDT", Quantity = 1, Time = Build.Start });
        for (var look = 0; look < 3; look++) Assert.DoesNotContain(ReportKind.TradedAgain, Care(Open));
        _trader.Report(new ExecutionReport { Kind = ReportKind.TradedAgain, Symbol = "BTCUSDT", Time = Build.Start.AddMinutes(1) });
        Assert.Equal(LockReason.Difference, Assert.Single(_trader.Account.State.Risk.Locks).Reason);
    }

    [Fact]
    public void A_symbol_that_the_account_does_not_trade_any_more_is_not_traded_again()
    {
        Hold();
        _trader.Report(new ExecutionReport { Kind = ReportKind.NotTraded, Symbol = "BTCUSDT", Time = Build.Start });
        for (var look = 0; look < 3; look++) Assert.DoesNotContain(ReportKind.TradedAgain, Care(Open with { Rules = [Build.Eth] }));
    }

    [Fact]
    public void What_is_in_question_is_left_alone_and_the_other_symbols_are_looked_after()
    {
        var sale = Assert.Single(_trader.Report(_trader.Ended(Hold(), ReportKind.Rejected) with { Reason = RejectReason.UnknownSymbol }));
        _trader.Report(_trader.Ended(sale, ReportKind.Rejected) with { Reason = RejectReason.UnknownSymbol });
        var stray = new RestingOrder(7, "BTCUSDT", "ot-7", OrderSide.Sell, OcoLeg.None, 1, 0);
        Assert.Empty(_watch.Care(_trader.Account.State, None with { Strays = [stray] }, Open));
        Assert.Equal([ReportKind.Attention], _watch.Care(_trader.Account.State, None with { Strays = [stray with { Symbol = "ETHUSDT" }] }, Open).Select(report => report.Kind));
    }

    [Fact]
    public void What_is_not_held_is_nothing_to_tell() => Assert.Empty(Care(Closed));

    private OrderRequest Hold()
    {
        var entry = _trader.Buy(100, 90, 120).Single();
        return _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 1, 100)).Single();
    }

    private IEnumerable<ReportKind> Care(ExchangePicture picture) => _watch.Care(_trader.Account.State, None, picture).Select(report => report.Kind);
}
