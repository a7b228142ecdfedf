using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class FundsTests
{
    private readonly Trader _trader = new(cash: 1_000);

    [Fact]
    public void A_payment_in_is_no_profit()
    {
        _trader.Report(Paid(500, 1));

        Assert.Equal((1_500m, 500m, 1_000m), (_trader.State.Cash, _trader.State.Flows, _trader.State.StartCash));
        var figures = PortfolioFigures.Of(_trader.State);
        Assert.Equal((1_500m, 0m, 0.0), (figures.Equity, figures.RealisedPnl, figures.MaxDrawdown));
    }

    [Fact]
    public void A_payment_out_is_no_drawdown()
    {
        _trader.Report(Paid(-400, 1));

        Assert.Equal(0, PortfolioFigures.Of(_trader.State).MaxDrawdown);
        Assert.Equal(600, _trader.State.Equity.Latest);
        Assert.Equal(600, _trader.State.Equity.Peak);
    }

    [Fact]
    public void A_payment_that_is_reported_twice_counts_once()
    {
        _trader.Report(Paid(500, 1), Paid(500, 1));
        _trader.Report(Paid(500, 1));

        Assert.Equal(1_500, _trader.State.Cash);
    }

    [Fact]
    public void A_fall_before_a_payment_is_the_same_share_after_it()
    {
        var limits = RiskLimits.None with { MaxDrawdown = 0.3m, MaxDailyLoss = 0.25m };
        var trader = new Trader(cash: 1_000, limits);
        var entry = trader.Buy().Single();
        trader.Report(trader.Accepted(entry), trader.Traded(entry, 1, 9, 100));
        trader.NextHour();
        // 100 in cash and 9 at 80: 18 % below the start.
        trader.Signal(Build.Btc.Symbol, 80, Core.Strategies.Signal.Hold);
        trader.Report(Paid(820, 2));
        trader.NextHour();
        trader.Signal(Build.Btc.Symbol, 80, Core.Strategies.Signal.Hold);

        Assert.Equal(0.18, 1 - (trader.State.Equity.Latest / trader.State.Risk.Peak), 9);
        Assert.Equal(0.18m, 1 - ((decimal)trader.State.Equity.Latest / trader.State.Risk.DayEquity), 6);
        Assert.Equal(LimitHits.None, trader.State.Risk.Hits);
        trader.NextHour();
        // 920 and 9 at 60 are 1,460: 27 % below the 2,000 that the start would have become with the payment.
        trader.Signal(Build.Btc.Symbol, 60, Core.Strategies.Signal.Hold);
        Assert.Equal(LimitHits.None, trader.State.Risk.Hits & LimitHits.Drawdown);
        Assert.Equal(LimitHits.DailyLoss, trader.State.Risk.Hits & LimitHits.DailyLoss);
    }

    [Fact]
    public void An_entry_that_nothing_pays_for_any_more_is_taken_back()
    {
        var entry = _trader.Buy().Single();
        var asked = _trader.Report(_trader.Accepted(entry), Paid(-900, 1)).Single();

        Assert.Equal((RequestKind.Cancel, entry.OrderId), (asked.Kind, asked.OrderId));
    }

    [Fact]
    public void An_account_that_is_emptied_and_filled_again_has_lost_nothing()
    {
        var trader = new Trader(cash: 1_000, RiskLimits.None with { MaxDrawdown = 0.1m, MaxDailyLoss = 0.1m });
        trader.Report(Paid(-1_000, 1));
        trader.Signal(Build.Btc.Symbol, 100, Core.Strategies.Signal.Hold);
        trader.NextHour();
        trader.Report(Paid(500, 2));
        trader.Signal(Build.Btc.Symbol, 100, Core.Strategies.Signal.Hold);

        Assert.Equal(LimitHits.None, trader.State.Risk.Hits);
        Assert.Equal(500, trader.Buy().Single().Budget);
    }

    [Fact]
    public void Facts_alone_give_the_same_account()
    {
        var entry = _trader.Buy().Single();
        _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 2, 100), Paid(250, 2));
        _trader.Command((account, time) => Assert.False(account.Reset(5_000, time)));
        var exit = _trader.Leave(110).Single();
        _trader.Report(_trader.Accepted(exit), _trader.Traded(exit, 3, 2, 110));
        Assert.Equal(1_270, _trader.State.Cash);
        _trader.Command((account, time) => Assert.True(account.Reset(5_000, time)));

        var replayed = _trader.Replayed();
        Assert.Equal((5_000m, 5_000m, 0m), (replayed.Cash, replayed.StartCash, replayed.Flows));
        Assert.Equal(PortfolioFigures.Of(replayed), PortfolioFigures.Of(_trader.State));
        Assert.Equal(5_000, PortfolioFigures.Of(replayed).Equity);
        Assert.Equal(replayed.NextOrderId, _trader.State.NextOrderId);
    }

    [Fact]
    public void An_account_that_began_anew_trades_with_its_new_cash()
    {
        _trader.Command((account, time) => account.Reset(200, time));
        var entry = _trader.Buy().Single();

        Assert.Equal(200, entry.Budget);
    }

    private ExecutionReport Paid(decimal amount, long id) =>
        new() { Kind = ReportKind.FundsMoved, Quantity = amount, TradeId = id, Time = Build.Close(_trader.Hour) };
}
