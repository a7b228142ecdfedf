using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Locks that follow from closed trades: when they are set, how long they hold, and how they end. The account begins with 1,000, bars are hours.</summary>
public class ProtectionTests
{
    private readonly Trader _trader = new();

    private List<TradingLock> Set => [.. _trader.Facts.Where(fact => fact.Kind == FactKind.LockSet).Select(fact => fact.Lock!)];

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void So_many_stops_within_a_time_lock_every_symbol(int stops, int locks)
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 3, StopGuardBars = 24, StopGuardLockBars = 12 };
        for (var i = 0; i < stops; i++) StopOut();
        Assert.Equal(locks, Set.Count);
        if (locks == 0) return;
        var set = Set[0];
        Assert.Equal((1L, null, LockReason.StopGuard, set.From.AddHours(12), 3.0, 3.0), (set.Id, set.Symbol, set.Reason, set.Until, set.Value, set.Limit));
        Assert.Equal("Every symbol takes no new position until 2023-01-01 18:00 UTC: 3 positions were stopped out lately, 3 are too many.", set.Describe());
    }

    [Fact]
    public void A_lock_holds_until_its_time_and_not_at_it()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 1, StopGuardLockBars = 5 };
        StopOut();
        var until = Assert.Single(Set).Until;
        while (Build.Close(_trader.Hour) < until)
        {
            Assert.Empty(_trader.Buy());
            Assert.Equal(RefusalCode.Locked, _trader.Btc.LastRefusal);
            _trader.NextHour();
        }

        Assert.Single(_trader.Buy());
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(300, 5)]
    public void A_lock_in_minutes_holds_for_whole_bars(int minutes, int bars)
    {
        _trader.Limits = (RiskLimits.None with { StopGuardStops = 1, StopGuardLockBars = 100, StopGuardLockMinutes = minutes }).InBarsOf(Interval.OneHour);
        StopOut();
        Assert.Equal(TimeSpan.FromHours(bars), Assert.Single(Set).Until - Set[0].From);
    }

    [Fact]
    public void Minutes_hold_instead_of_bars_of_any_length_and_bars_where_there_are_none()
    {
        var limits = new RiskLimits { CooldownMinutes = 45, StopGuardMinutes = 1440, StopGuardLockMinutes = 60, RecentDrawdownMinutes = 100, RecentDrawdownLockMinutes = 5, LowProfitMinutes = 10_000, LowProfitLockMinutes = 16 };
        var quarters = limits.InBarsOf(Interval.Parse("15m"));
        Assert.Equal((3, 96, 4), (quarters.CooldownBars, quarters.StopGuardBars, quarters.StopGuardLockBars));
        Assert.Equal((7, 1, 667, 2), (quarters.RecentDrawdownBars, quarters.RecentDrawdownLockBars, quarters.LowProfitBars, quarters.LowProfitLockBars));
        Assert.Equal((1, 1), (limits.InBarsOf(Interval.Parse("1d")).CooldownBars, limits.InBarsOf(Interval.Parse("1d")).StopGuardBars));
        Assert.Same(RiskLimits.None, RiskLimits.None.InBarsOf(Interval.OneHour));
    }

    [Fact]
    public void Stops_that_lie_too_far_back_do_not_count()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 2, StopGuardBars = 10 };
        StopOut();
        for (var i = 0; i < 10; i++) _trader.NextHour();
        StopOut();
        Assert.Empty(Set);
        StopOut();
        Assert.Single(Set);
    }

    [Fact]
    public void Of_two_positions_stopped_out_in_one_bar_each_may_lock_its_symbol()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 1, StopGuardPerSymbol = true, MaxPositionShare = 0.4m };
        var btc = Protected(_trader.Buy(100, 90, 150).Single(), 1, 100);
        var eth = Protected(_trader.Signal(Build.Eth.Symbol, 20, new Signal(Direction.Long, 1, 18, 30)).Single(), 2, 20);

        _trader.Report(_trader.Traded(btc, 3, 1, 90, leg: OcoLeg.Stop), _trader.Traded(eth, 4, 1, 18, leg: OcoLeg.Stop));

        Assert.Equal([Build.Btc.Symbol, Build.Eth.Symbol], Set.Select(known => known.Symbol!), StringComparer.Ordinal);
    }

    [Fact]
    public void A_stop_that_was_followed_by_a_target_in_the_same_bar_counts()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 1, MaxPositionShare = 0.4m };
        var btc = Protected(_trader.Buy(100, 90, 150).Single(), 1, 100);
        var eth = Protected(_trader.Signal(Build.Eth.Symbol, 20, new Signal(Direction.Long, 1, 18, 30)).Single(), 2, 20);

        _trader.Report(_trader.Traded(btc, 3, 1, 90, leg: OcoLeg.Stop), _trader.Traded(eth, 4, 1, 30, leg: OcoLeg.Target));

        Assert.Single(Set);
    }

    [Fact]
    public void A_guard_by_symbol_locks_that_symbol_alone()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 2, StopGuardPerSymbol = true, MaxPositionShare = 0.5m };
        StopOut();
        StopOut();
        Assert.Equal(Build.Btc.Symbol, Assert.Single(Set).Symbol);
        Assert.Empty(_trader.Buy());
        Assert.Single(_trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, double.NaN, double.NaN)));
    }

    // One lot bought at 100 with 1,000: each point lost is 0.1 % of what the account had.
    [Theory]
    [InlineData(92.01, 0)]
    [InlineData(92, 1)]
    public void Trades_that_fall_too_far_from_their_best_moment_lock_every_symbol(double price, int locks)
    {
        _trader.Limits = RiskLimits.None with { MaxRecentDrawdown = 0.01m, RecentDrawdownTrades = 3 };
        Trade(100);
        Trade(98);
        Trade((decimal)price);
        Assert.Equal(locks, Set.Count);
        if (locks == 1) Assert.Equal((null, LockReason.RecentDrawdown, 0.01), (Set[0].Symbol, Set[0].Reason, Math.Round(Set[0].Value, 12)));
    }

    // 3 % won and 4 % lost make less than nothing.
    [Theory]
    [InlineData(97, 0)]
    [InlineData(96.99, 1)]
    public void A_symbol_that_earned_too_little_lately_rests(double price, int locks)
    {
        _trader.Limits = RiskLimits.None with { LowProfitTrades = 2, LowProfitLockBars = 48 };
        Trade(103);
        Trade((decimal)price);
        Assert.Equal(locks, Set.Count);
        if (locks == 1) Assert.Equal((Build.Btc.Symbol, LockReason.LowProfit, Set[0].From.AddHours(48)), (Set[0].Symbol, Set[0].Reason, Set[0].Until));
    }

    [Fact]
    public void A_lock_can_be_lifted_and_one_that_has_run_out_goes_when_the_next_is_set()
    {
        _trader.Limits = RiskLimits.None with { StopGuardStops = 1, StopGuardLockBars = 5 };
        StopOut();
        _trader.Command((account, time) => Assert.True(account.LiftLock(1, time)));
        _trader.Command((account, time) => Assert.False(account.LiftLock(1, time)));
        Assert.Empty(_trader.State.Risk.Locks);
        StopOut();
        for (var i = 0; i < 6; i++) _trader.NextHour();
        StopOut();
        Assert.Equal([3L], _trader.State.Risk.Locks.Select(known => known.Id));
        Assert.Equal(_trader.State.Risk.Locks, _trader.Replayed().Risk.Locks);
    }

    [Fact]
    public void Closed_trades_are_remembered_in_a_bounded_number()
    {
        for (var i = 0; i < RecentTrades.Capacity + 10; i++) Trade(100 + (i % 7));
        var trades = _trader.State.Risk.Trades;
        Assert.Equal((RecentTrades.Capacity, RecentTrades.Capacity + 10L), (trades.Count, trades.Total));
        for (var age = 0; age < 5; age++) Assert.Equal(((RecentTrades.Capacity + 9 - age) % 7, 100), (trades[age].Pnl, trades[age].Paid));
        Assert.True(trades[trades.Count - 1].Time < trades[0].Time);
    }

    /// <summary>Buys one lot at 100 and sells it at the price, by signal.</summary>
    private void Trade(decimal price)
    {
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Traded(entry, 2L * entry.OrderId, 1, 100));
        _trader.NextHour();
        var sale = Assert.Single(_trader.Leave());
        _trader.Report(_trader.Traded(sale, (2L * sale.OrderId) + 1, 1, price));
        _trader.NextHour();
    }

    /// <summary>Buys one lot at 100 and loses 10 at its stop, within two bars.</summary>
    private void StopOut()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Traded(entry, 2L * entry.OrderId, 1, 100)));
        _trader.NextHour();
        _trader.Report(_trader.Traded(protection, (2L * protection.OrderId) + 1, 1, 90, leg: OrleansTrader.Core.Market.OcoLeg.Stop));
        _trader.NextHour();
    }

    private OrderRequest Protected(OrderRequest entry, long tradeId, decimal price)
    {
        var protection = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, tradeId, 1, price)).Single();
        _trader.Report(_trader.Accepted(protection));
        return protection;
    }
}
