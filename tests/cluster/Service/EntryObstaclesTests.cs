using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Entries;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What keeps an account from opening positions, and when its owner is told of it.</summary>
public class EntryObstaclesTests
{
    private static readonly DateTime Noon = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
    private static readonly PortfolioView Account = new("live", "binance", RunState.Running, Noon, 1, 0, 0, 0, 0, new PortfolioFigures(0, 0, 0, 0, 0, 0, 0), DayBegin: null, [], [], Problem: null);
    private static readonly RiskView Risk = new(new RiskLimits(), "", IsKilled: false, RefusalCode.None, [], []);
    private static readonly ExchangeView Exchange = new(IsReady: true, 0, 0);
    private static readonly StrategyView Strategy = new("trend", "stepping", Noon, 1, 1);

    private DateTime _now = Noon;

    [Fact]
    public void An_account_that_trades_has_none()
    {
        Assert.Empty(Find());
        Assert.Empty(Find(Account with { Arming = new Arming { IsArmed = true } }));
    }

    [Fact]
    public void Everything_that_stands_in_the_way_is_told_with_a_sentence_the_weightiest_first()
    {
        var account = Account with { IsKilled = true, Run = RunState.Paused, PausedBy = RefusalCode.Drawdown, Arming = new Arming(), Obstacle = "The database is away." };
        var risk = Risk with
        {
            Watched =
            [
                new LimitView(RefusalCode.DailyLoss, 0.01, 0.04, LimitReaction.Refuse, IsHit: false, "Today has lost 1.00 % of 4.00 %."),
                new LimitView(RefusalCode.Drawdown, 0.21, 0.2, LimitReaction.Pause, IsHit: true, "The equity is 21.00 % below its peak, of 20.00 %: no new positions."),
                new LimitView(RefusalCode.TradesPerDay, 9, 0, LimitReaction.Refuse, IsHit: true, "This limit is off."),
                new LimitView(RefusalCode.LossStreak, 6, 6, LimitReaction.Refuse, IsHit: true, "6 of 6 losses in a row: no new positions."),
            ],
        };
        Assert.Equal(
        [
            new(EntryObstacleKind.KillSwitch, "The kill switch stays pulled until you release it."),
            new(EntryObstacleKind.NotRunning, "The account stays paused by its limit Drawdown until you start it."),
            new(EntryObstacleKind.NotArmed, "The account stays disarmed until you arm it by its name."),
            new(EntryObstacleKind.StoreAway, "The database is away."),
            new(EntryObstacleKind.NotSettled, "Account and exchange are being compared, until they agree."),
            new(EntryObstacleKind.StrategyFailing, "The strategy is failing: the step will be tried again."),
            new(EntryObstacleKind.Drawdown, "The equity is 21.00 % below its peak, of 20.00 %: no new positions."),
            new(EntryObstacleKind.LossStreak, "6 of 6 losses in a row: no new positions."),
        ], Find(account, risk, Exchange with { IsSettled = false }, Strategy with { State = "failing: the step will be tried again" }));
    }

    [Fact]
    public void What_cannot_be_told_is_no_account_that_may_buy() =>
        Assert.Equal([new(EntryObstacleKind.AccountUnknown, "The account cannot be told just now: It is not open yet.")], Find(Account with { Problem = "It is not open yet." }));

    [Fact]
    public void A_lock_counts_where_it_leaves_no_symbol()
    {
        LockView Of(string? symbol) => new(1, symbol, LockReason.StopGuard, Noon, Noon.AddHours(1), $"{symbol ?? "Every symbol"} rests.");
        Assert.Empty(Find(risk: Risk with { Locks = [Of("BTCUSDT")] }));
        Assert.Equal([new(EntryObstacleKind.Locked, "Every symbol rests.")], Find(risk: Risk with { Locks = [Of("BTCUSDT"), Of(null)] }));
        Assert.Equal(["BTCUSDT rests.", "ETHUSDT rests."], Find(risk: Risk with { Locks = [Of("BTCUSDT"), Of("ETHUSDT")] }).Select(found => found.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void Bars_of_a_live_market_that_are_overdue_are_told_and_those_of_a_replay_never()
    {
        // The next bar closes an hour after the latest, and may be 32 seconds late.
        _now = Noon.AddHours(1).AddSeconds(32);
        Assert.Empty(Find());
        _now = _now.AddSeconds(1);
        Assert.Equal([new(EntryObstacleKind.MarketSilent, "The latest bar is that of 2026-05-04 12:00:00 UTC, and newer ones have not come yet.")], Find());
        Assert.Equal([new(EntryObstacleKind.MarketSilent, "No bar has come since the start.")], Find(Account with { StepTime = default }));
        Assert.Empty(Find(isLive: false));
        Assert.Equal([EntryObstacleKind.MarketEnded], Find(strategy: Strategy with { State = "ended: the market has no more bars" }, isLive: false).Select(found => found.Kind));
    }

    [Fact]
    public void Symbols_of_which_the_exchange_trades_none_are_told()
    {
        Assert.Equal([new(EntryObstacleKind.MarketHalted, "The exchange trades none of BTCUSDT, ETHUSDT now, or none for this account.")], Find(exchange: Exchange with { IsHalted = true }));
    }

    [Fact]
    public void A_ban_is_told_with_its_end_before_what_follows_from_it()
    {
        const string Banned = "Binance has banned this address: nothing is sent until 2026-05-04 12:05:00 UTC.";
        Assert.Equal(
            [new(EntryObstacleKind.Standstill, Banned), new(EntryObstacleKind.NotSettled, "Account and exchange are being compared, until they agree.")],
            Find(exchange: Exchange with { Standstill = Banned, IsSettled = false }));
    }

    [Fact]
    public void News_come_once_as_it_begins_as_it_changes_and_as_it_ends()
    {
        var news = new EntryNews();
        EntryObstacle killed = new(EntryObstacleKind.KillSwitch, "Killed."), streak = new(EntryObstacleKind.LossStreak, "6 of 6."), full = new(EntryObstacleKind.TooManyPositions, "4 of 4.");
        Assert.Equal("-, -", Told([], []));
        Assert.Equal("-, Killed., -", Told([killed], [killed], [killed]));
        // What is gone at the next look was none, and being fully invested is daily business.
        Assert.Equal("-, -, -", Told([killed, streak], [killed], [killed, full]));
        Assert.Equal("-, Killed. 6 of 6.", Told([killed, streak], [killed, streak]));
        Assert.Equal("-, it has ended, -", Told([full], [], []));

        string Told(params EntryObstacle[][] looks) => string.Join(", ", looks.Select(found => news.Take(found) switch { null => "-", "" => "it has ended", var reasons => reasons }));
    }

    private EntryObstacle[] Find(PortfolioView? account = null, RiskView? risk = null, ExchangeView? exchange = null, StrategyView? strategy = null, bool isLive = true)
    {
        var feed = new SyntheticFeed(1, Interval.OneHour, ["BTCUSDT", "ETHUSDT"]);
        var service = new ServiceInfo
        {
            Account = "live",
            Journal = "",
            StrategyKey = "live/trend",
            Symbols = ["BTCUSDT", "ETHUSDT"],
            Rules = [.. feed.Symbols],
            Source = "binance",
            Feed = feed,
            Interval = feed.Interval,
            StateFolder = "",
            StartedAt = new DateTimeOffset(Noon, TimeSpan.Zero),
            Speed = 1,
            Cash = 0,
            Terms = "",
            LatestBar = isLive ? TimeSpan.FromSeconds(32) : null,
        };
        return [.. new EntryObstacles(grains: null!, service, new Stopped(_now)).Of(account ?? Account, risk ?? Risk, exchange ?? Exchange, strategy ?? Strategy)];
    }

    private sealed class Stopped(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);
    }
}
