using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The limits on losses: when they are crossed, what follows, and how they are lifted. The account begins with 1,000.</summary>
public class LimitTests
{
    private readonly Trader _trader = new();

    // All of 1,000 is invested at 100: each point of the price is 1 %.
    [Theory]
    [InlineData(97.01, false)]
    [InlineData(97, true)]
    [InlineData(96.99, true)]
    public void A_daily_loss_is_crossed_from_its_limit_on_also_while_nothing_is_sold(double price, bool isHit)
    {
        Hold(RiskLimits.None with { MaxDailyLoss = 0.03m });
        Mark(price);
        Assert.Equal(isHit, _trader.Facts.Exists(fact => fact.Kind == FactKind.LimitHit));
        Assert.Equal(isHit ? LimitHits.DailyLoss : LimitHits.None, _trader.State.Risk.Hits);
        Assert.Equal(isHit ? RefusalCode.DailyLoss : RefusalCode.NoCash, RefusalOfEth());
    }

    [Theory]
    [InlineData(99.01, false)]
    [InlineData(99, true)]
    public void A_drawdown_counts_from_the_highest_equity(double price, bool isHit)
    {
        Hold(RiskLimits.None with { MaxDrawdown = 0.1m });
        Mark(110);
        Mark(price);
        Assert.Equal(isHit, _trader.State.Risk.Hits == LimitHits.Drawdown);
        Assert.Equal(1_100, _trader.State.Risk.Peak, 9);
    }

    [Fact]
    public void A_limit_is_told_once_however_long_it_stays_crossed()
    {
        Hold(RiskLimits.None with { MaxDailyLoss = 0.03m, MaxDrawdown = 0.05m });
        foreach (var price in new[] { 97.0, 96, 95, 94, 99, 90 }) Mark(price);
        Assert.Equal([RefusalCode.DailyLoss, RefusalCode.Drawdown], _trader.Facts.Where(fact => fact.Kind == FactKind.LimitHit).Select(fact => fact.Breach!.Limit));
        var breach = _trader.Facts.First(fact => fact.Kind == FactKind.LimitHit).Breach!;
        Assert.Equal("The day has lost 3.00 % of the equity with which it began, the limit is 3.00 %: no new positions.", breach.Describe());
    }

    [Fact]
    public void To_stop_an_account_that_a_limit_has_paused_does_not_lift_the_limit_and_to_start_it_does()
    {
        Hold(RiskLimits.None with { MaxDrawdown = 0.05m, DrawdownReaction = LimitReaction.Pause });
        Mark(94);
        _trader.Set(RunState.Stopped);
        Assert.Equal((RefusalCode.Drawdown, LimitHits.Drawdown), (_trader.State.Risk.PausedBy, _trader.State.Risk.Hits));
        _trader.Set(RunState.Running);
        Assert.Equal((RefusalCode.None, LimitHits.None), (_trader.State.Risk.PausedBy, _trader.State.Risk.Hits));
    }

    [Fact]
    public void A_drawdown_that_is_limited_later_counts_from_then_on()
    {
        Hold(RiskLimits.None);
        Mark(150);
        Mark(100);
        _trader.Limits = RiskLimits.None with { MaxDrawdown = 0.1m };
        Mark(91);
        Assert.Equal(LimitHits.None, _trader.State.Risk.Hits);
        Mark(89);
        Assert.Equal(LimitHits.Drawdown, _trader.State.Risk.Hits);
    }

    [Fact]
    public void A_day_ends_its_limits_and_a_drawdown_waits_for_the_owner()
    {
        Hold(RiskLimits.None with { MaxDailyLoss = 0.03m, MaxDrawdown = 0.05m });
        Mark(94);
        Assert.Equal(LimitHits.DailyLoss | LimitHits.Drawdown, _trader.State.Risk.Hits);
        _trader.NextDay();
        Mark(94);
        Assert.Equal(LimitHits.Drawdown, _trader.State.Risk.Hits);
        // The bar before the first of the new day left 940.
        Assert.Equal(940m, _trader.State.Risk.DayEquity);

        Assert.Empty(_trader.Command((account, time) => Assert.True(account.LiftLimit(RefusalCode.Drawdown, time))));
        Assert.Equal((LimitHits.None, 940), (_trader.State.Risk.Hits, _trader.State.Risk.Peak));
        Mark(92);
        Assert.Equal(LimitHits.None, _trader.State.Risk.Hits);
        Mark(89.3);
        Assert.Equal(LimitHits.DailyLoss | LimitHits.Drawdown, _trader.State.Risk.Hits);
    }

    [Fact]
    public void The_bar_that_ends_at_midnight_is_of_the_day_that_it_ends()
    {
        Hold(RiskLimits.None with { MaxDailyLoss = 0.03m });
        while (_trader.Hour < 23) Mark(100);
        Mark(96);
        Assert.Equal(Build.Start.AddDays(1), Build.Close(_trader.Hour - 1));
        Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.LimitHit);
        Assert.Equal((Build.Start.AddDays(1), 960m, LimitHits.None), (_trader.State.Risk.Day, _trader.State.Risk.DayEquity, _trader.State.Risk.Hits));
    }

    [Fact]
    public void A_limit_that_pauses_says_so_and_whoever_starts_the_account_lifts_it()
    {
        Hold(RiskLimits.None with { MaxDrawdown = 0.05m, DrawdownReaction = LimitReaction.Pause });
        Mark(95);
        Assert.Equal((RunState.Paused, RefusalCode.Drawdown), (_trader.State.Run, _trader.State.Risk.PausedBy));
        _trader.Set(RunState.Running);
        Assert.Equal((RunState.Running, RefusalCode.None, LimitHits.None), (_trader.State.Run, _trader.State.Risk.PausedBy, _trader.State.Risk.Hits));
        Mark(94);
        Assert.Equal(RunState.Running, _trader.State.Run);
    }

    [Fact]
    public void A_limit_that_flattens_leaves_every_position_at_the_market()
    {
        var protection = Hold(RiskLimits.None with { MaxDailyLoss = 0.03m, DailyLossReaction = LimitReaction.Flatten }, stop: 90);
        var cancel = Assert.Single(Mark(97));
        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        Assert.Equal((OrderType.Market, OrderSide.Sell, 10m), (sale.Type, sale.Side, sale.Quantity));
        _trader.Report(_trader.Traded(sale, 9, 10, 97));
        Assert.Equal((ExitReason.Limit, -30m), Closed());
        Assert.Equal(RefusalCode.DailyLoss, RefusalOfEth());
        var decision = _trader.Facts.Last(fact => fact.Decision?.Sale is not null).Decision!;
        Assert.Equal((ExitReason.Limit, RefusalCode.DailyLoss), (decision.Sale!.Reason, decision.Sale.Breach!.Limit));
    }

    [Theory]
    [InlineData(LimitReaction.Refuse)]
    [InlineData(LimitReaction.Pause)]
    [InlineData(LimitReaction.Flatten)]
    public void A_crossed_limit_takes_entries_back_that_still_buy(LimitReaction reaction)
    {
        _trader.Limits = RiskLimits.None with { MaxDailyLoss = 0.03m, DailyLossReaction = reaction };
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 5, 100, isLast: false));
        _trader.NextHour();
        var requests = Mark(90);
        Assert.Contains(requests, request => request.Kind == RequestKind.Cancel && request.OrderId == entry.OrderId);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Losses_in_a_row_end_the_day_and_a_win_begins_the_row_anew(int losses, bool isHit)
    {
        _trader.Limits = RiskLimits.None with { MaxLossStreak = 3 };
        Trade(101);
        for (var i = 0; i < losses; i++) Trade(99);
        Mark(100);
        Assert.Equal((losses, isHit), (_trader.State.Risk.LossStreak, _trader.State.Risk.Hits == LimitHits.LossStreak));
        Assert.Equal(isHit ? RefusalCode.LossStreak : RefusalCode.None, RefusalOfEth());
        if (!isHit) return;

        _trader.NextDay();
        Assert.Equal(RefusalCode.None, RefusalOfEth());
        Assert.Equal((0, LimitHits.None), (_trader.State.Risk.LossStreak, _trader.State.Risk.Hits));
    }

    [Fact]
    public void Entries_of_a_day_are_counted_and_the_next_day_begins_at_none()
    {
        _trader.Limits = RiskLimits.None with { MaxTradesPerDay = 2 };
        Trade(101);
        Trade(101);
        Assert.Equal(RefusalCode.TradesPerDay, RefusalOfEth());
        _trader.NextDay();
        Assert.Equal(RefusalCode.None, RefusalOfEth());
        Assert.Equal(1, _trader.State.Risk.DayEntries);
    }

    [Fact]
    public void The_kill_switch_leaves_everything_and_opens_nothing_until_it_is_released()
    {
        Hold(RiskLimits.None);
        _trader.Set(RunState.Stopped);
        var sale = Assert.Single(_trader.Command((account, time) => account.PullKillSwitch(time)));
        Assert.True(sale.IsUrgent);
        Assert.Equal((OrderSide.Sell, OrderType.Market), (sale.Side, sale.Type));
        Assert.Empty(_trader.Command((account, time) => account.PullKillSwitch(time)));
        _trader.Report(_trader.Traded(sale, 9, 10, 100));
        Assert.Equal(ExitReason.KillSwitch, Closed().Exit);

        _trader.Set(RunState.Running);
        Assert.Equal(RefusalCode.KillSwitch, RefusalOfEth());
        Assert.True(_trader.Replayed().Risk.IsKilled);
        _trader.Command((account, time) => account.ReleaseKillSwitch(time));
        Assert.Equal(RefusalCode.None, RefusalOfEth());
        Assert.Equal(new SaleCause(ExitReason.KillSwitch), _trader.Facts.Last(fact => fact.Decision?.Sale is not null).Decision!.Sale);
    }

    public static TheoryData<string> Halts => ["kill", "paused", "stopped", "daily loss", "drawdown", "loss streak", "lock", "trades", "exposure", "every limit of an entry"];

    [Theory]
    [MemberData(nameof(Halts))]
    public void Nothing_blocks_an_order_that_reduces_a_position(string halt)
    {
        var protection = Hold(RiskLimits.None, stop: 90);
        _trader.Limits = halt switch
        {
            "daily loss" => RiskLimits.None with { MaxDailyLoss = 0.001m },
            "drawdown" => RiskLimits.None with { MaxDrawdown = 0.001m },
            "loss streak" => RiskLimits.None with { MaxLossStreak = 1 },
            "trades" => RiskLimits.None with { MaxTradesPerDay = 1 },
            "exposure" => RiskLimits.None with { MaxExposure = 0.01m, MaxSymbolExposure = 0.01m, MaxClusterExposure = 0.01m },
            "every limit of an entry" => Risk.Entry.Limits with { MinNotional = 1_000_000, MaxOpenPositions = 1, MaxPositionShare = 0.001m, MinRewardToRisk = 100 },
            _ => RiskLimits.None,
        };
        if (halt is "kill") _trader.Command((account, time) => account.PullKillSwitch(time));
        if (halt is "paused") _trader.Set(RunState.Paused);
        if (halt is "stopped") _trader.Set(RunState.Stopped);
        if (halt is "lock") Ledger.Apply(_trader.State, new Fact { Kind = FactKind.LockSet, Time = Build.Start, Lock = new TradingLock(1, null, LockReason.StopGuard, Build.Start, Build.Start.AddDays(9), 3, 3) });
        Mark(99);
        // The strategy of a stopped account leaves nothing, and the kill switch has begun to leave before.
        if (halt is not ("kill" or "stopped")) Assert.Equal(RequestKind.Cancel, Assert.Single(_trader.Leave(99)).Kind);
        Assert.Empty(_trader.Report(_trader.Traded(protection, 7, 4, 90, isLast: false, leg: OcoLeg.Stop)));
        Assert.Empty(_trader.Report(_trader.Traded(protection, 8, 6, 90, leg: OcoLeg.Stop)));
        Assert.Equal((0m, ExitReason.Stop), (_trader.Btc.Quantity, Closed().Exit));
    }

    [Fact]
    public void Facts_and_marks_give_the_same_memory_of_limits()
    {
        Hold(RiskLimits.None with { MaxDailyLoss = 0.03m, MaxDrawdown = 0.5m, MaxLossStreak = 2, StopGuardStops = 1 });
        Mark(97);
        _trader.NextDay();
        Mark(97);
        var replayed = _trader.Replayed().Risk;
        var expected = _trader.State.Risk;
        Assert.Equal((expected.Day, expected.DayEquity, expected.DayEntries, expected.LossStreak, expected.Hits), (replayed.Day, replayed.DayEquity, replayed.DayEntries, replayed.LossStreak, replayed.Hits));
        Assert.Equal(expected.Trades.Total, replayed.Trades.Total);
    }

    private (ExitReason Exit, decimal Pnl) Closed()
    {
        var closed = _trader.Facts.Last(fact => fact.Kind == FactKind.PositionClosed);
        return (closed.Exit, closed.Amount);
    }

    /// <summary>Holds 10 bought at 100 with all the money.</summary>
    /// <returns>The order that protects them; the default value without a stop.</returns>
    private OrderRequest Hold(RiskLimits limits, double stop = double.NaN)
    {
        _trader.Limits = limits;
        var entry = Assert.Single(_trader.Buy(100, stop, double.IsNaN(stop) ? double.NaN : 130));
        var protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 10, 100)).SingleOrDefault();
        if (protection.OrderId != 0) _trader.Report(_trader.Accepted(protection));
        _trader.NextHour();
        return protection;
    }

    private OrderRequest[] Mark(double price)
    {
        var requests = _trader.Signal(Build.Btc.Symbol, price, Signal.Hold);
        _trader.NextHour();
        return requests;
    }

    /// <summary>Buys one lot at 100 and sells it at the price.</summary>
    private void Trade(decimal price)
    {
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Traded(entry, 2L * entry.OrderId, 1, 100));
        _trader.NextHour();
        var sale = Assert.Single(_trader.Leave());
        _trader.Report(_trader.Traded(sale, (2L * sale.OrderId) + 1, 1, price));
        _trader.NextHour();
    }

    /// <summary>What the account says to an entry into another symbol.</summary>
    private RefusalCode RefusalOfEth()
    {
        var before = _trader.Facts.Count;
        _trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, double.NaN, double.NaN));
        var decided = _trader.Facts.Skip(before).Where(fact => fact.Kind is FactKind.EntryRefused or FactKind.OrderCreated).ToList();
        return decided.Count == 0 ? _trader.Eth.LastRefusal : decided[^1].Refusal;
    }
}
