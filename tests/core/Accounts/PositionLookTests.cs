using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>A strategy sees its position before its signal is acted upon, and the account writes down what came of it.</summary>
public class PositionLookTests
{
    private readonly Trader _trader = new();
    private readonly Seer _seer = new();
    private long _trade = 100;

    public PositionLookTests() => _trader.Look = _seer;

    [Fact]
    public void It_sees_what_is_held_what_it_cost_and_how_long()
    {
        Hold();
        _trader.Market = new EntryMarket { Bid = 94.9, Ask = 95.1 };
        _trader.NextHour();
        _trader.NextHour();
        _trader.Signal(Build.Btc.Symbol, 95, Signal.Hold);
        var seen = _seer.Seen;
        Assert.Equal((Build.Close(2), 95.0, 9.0, 100.0, 2), (seen.Time, seen.Close, seen.Quantity, seen.EntryPrice, seen.BarsHeld));
        // 9 at 95 are 855 of the 900.9 that were paid.
        Assert.Equal((855 / 900.9) - 1, seen.OpenReturn, 12);
        Assert.Equal((90.0, 120.0, 94.9, 95.1, false, true), (seen.Stop, seen.Target, seen.Bid, seen.Ask, seen.IsEntryWorking, seen.IsHeld));
    }

    [Fact]
    public void Before_an_entry_it_sees_that_nothing_is_held_and_no_book_is_known()
    {
        _trader.Buy(100, stop: 90, target: 120);
        var seen = _seer.Seen;
        Assert.Equal((0.0, 0, false, false), (seen.Quantity, seen.BarsHeld, seen.IsHeld, seen.IsEntryWorking));
        Assert.All(new[] { seen.EntryPrice, seen.OpenReturn, seen.Stop, seen.Target, seen.Bid, seen.Ask }, value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void It_is_not_asked_while_nothing_is_held_or_wanted()
    {
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        _trader.Leave();
        Assert.Equal(0, _seer.Calls);
    }

    [Fact]
    public void It_may_leave_what_the_bars_alone_would_keep_and_the_decision_says_so()
    {
        var protection = Hold();
        _seer.Answer = (_, _) => Signal.Flat(1);
        _trader.NextHour();
        Assert.Equal(protection.OrderId, Assert.Single(_trader.Signal(Build.Btc.Symbol, 95, Signal.Hold)).OrderId);
        var decision = _trader.Facts.Single(fact => fact.Kind == FactKind.ExitStarted).Decision!;
        Assert.Equal((DecisionKind.Left, Direction.Hold), (decision.Kind, decision.Before));
        Assert.Equal(
            "Left BTCUSDT at about 95: held 1 bar, 1 asked (-1.0). The strategy has looked at its position; by the bars alone it would have waited.",
            decision.Describe("BTCUSDT"));
    }

    [Fact]
    public void A_wish_that_it_holds_back_is_written_once_and_its_end_too()
    {
        Hold();
        _seer.Answer = (_, _) => Signal.Hold;
        for (var i = 0; i < 3; i++) Assert.Empty(_trader.Leave(95));
        var held = Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionLooked);
        Assert.Equal((LookOutcome.HeldBack, DecisionKind.Kept), (held.Look, held.Decision!.Kind));
        Assert.StartsWith("Kept BTCUSDT at about 95: ", held.Decision.Describe("BTCUSDT"), StringComparison.Ordinal);
        Assert.Equal(LookOutcome.HeldBack, _trader.Replayed().Positions[0].LastLook);
        _trader.Signal(Build.Btc.Symbol, 95, Signal.Hold);
        Assert.Equal(LookOutcome.None, _trader.Facts.Last(fact => fact.Kind == FactKind.PositionLooked).Look);
        Assert.Equal(LookOutcome.None, _trader.Replayed().Positions[0].LastLook);
    }

    [Fact]
    public void An_entry_that_it_holds_back_buys_nothing()
    {
        _seer.Answer = (_, _) => Signal.Hold;
        Assert.Empty(_trader.Buy(100, stop: 90, target: 120));
        var decision = _trader.Facts.Single(fact => fact.Kind == FactKind.PositionLooked).Decision!;
        Assert.Equal(DecisionKind.Refused, decision.Kind);
        Assert.EndsWith("The strategy has looked at its position; by the bars alone it would have bought.", decision.Describe("BTCUSDT"), StringComparison.Ordinal);
        // A bar on which it wants nothing ends it.
        _trader.Signal(Build.Btc.Symbol, 100, Signal.Hold);
        Assert.Equal(LookOutcome.None, _trader.Btc.LastLook);
    }

    [Fact]
    public void Where_it_throws_nothing_of_that_symbol_is_bought_but_a_wish_to_leave_stands()
    {
        _seer.Answer = (_, _) => throw new InvalidOperationException("Mended tomorrow.");
        Assert.Empty(_trader.Buy());
        Assert.Empty(_trader.Buy());
        var failed = Assert.Single(_trader.Facts, fact => fact.Look == LookOutcome.Failed);
        Assert.Equal("The strategy failed when it looked at its position in BTCUSDT, so that nothing of it is bought: Mended tomorrow.", failed.Decision!.Describe("BTCUSDT"));

        _seer.Answer = null;
        Hold();
        Assert.Equal(LookOutcome.None, _trader.Btc.LastLook);
        _seer.Answer = (_, _) => throw new InvalidOperationException("Mended tomorrow.");
        Assert.Single(_trader.Leave());
        Assert.Equal(ExitReason.Signal, _trader.Btc.Leaving);
    }

    [Fact]
    public void In_a_backtest_a_throw_ends_the_run()
    {
        _seer.Answer = (_, _) => throw new InvalidOperationException("Mended tomorrow.");
        _trader.Account.Use(_seer, endures: false);
        Assert.Throws<InvalidOperationException>(() => _trader.Account.Decide(0, Build.Close(0), new Signal(Direction.Long, 1, 90, 120), default, RiskLimits.None));
    }

    [Fact]
    public void It_may_add_to_what_is_held_and_that_joins_its_levels()
    {
        _trader.Limits = RiskLimits.None with { MaxPositionShare = 0.5m };
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 1, 100)));
        _trader.Report(_trader.Accepted(protection));
        _seer.Answer = (_, _) => new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = 10 };
        _trader.NextHour();
        var more = Assert.Single(_trader.Signal(Build.Btc.Symbol, 95, Signal.Hold));
        var fact = _trader.Facts.Last(created => created.OrderId == more.OrderId);
        Assert.Equal((90m, 120m, Direction.Hold), (fact.Stop, fact.Target, fact.Decision!.Before));
    }

    [Fact]
    public void What_the_bar_tells_is_told_whatever_the_strategy_answers()
    {
        _trader.Exits = new ExitRules { Trail = StopRule.Percent };
        Hold();
        _seer.Answer = (_, _) => Signal.Hold;
        _trader.NextHour();
        _trader.Signal(Build.Btc.Symbol, 110, new Signal(Direction.Add, 1, 90, 120) { Trail = 104.5, Regime = MarketRegime.TrendingUp, RegimeRules = 7 });
        Assert.Equal((104.5m, ExitReason.Trailing), (_trader.Btc.Stop, _trader.Btc.StopRaisedBy));
        var held = _trader.Facts.Last(fact => fact.Kind == FactKind.PositionLooked).Decision!;
        Assert.Equal((MarketRegime.TrendingUp, (byte)7), (held.Signal.Regime, held.Signal.RegimeRules));
    }

    [Fact]
    public void An_entry_that_it_changes_has_the_odds_of_its_verdict()
    {
        _trader.Limits = RiskLimits.None with { KellyFraction = 0.5m, KellyMaxRisk = 0.02m };
        _seer.Answer = (_, _) => new Signal(Direction.Long, 1, 90, 130);
        var entry = Assert.Single(_trader.Signal(Build.Btc.Symbol, 100, new Signal(Direction.Long, 0.9, 80, 140) { WinProbability = 0.6, WinTrades = 200 }));
        // 2 % of 1,000 at a stop 10 % below.
        Assert.Equal(200m, entry.Budget);
    }

    [Fact]
    public void A_stopped_account_and_a_position_that_is_being_left_do_not_ask()
    {
        Hold();
        _trader.Leave();
        var calls = _seer.Calls;
        _trader.Signal(Build.Btc.Symbol, 95, Signal.Hold);
        _trader.Set(RunState.Stopped);
        _trader.Signal(Build.Eth.Symbol, 95, new Signal(Direction.Long, 1, 90, 120));
        Assert.Equal(calls, _seer.Calls);
    }

    private OrderRequest Hold()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, _trade++, 9, 100, fee: 0.9m)));
        _trader.Report(_trader.Accepted(protection));
        return protection;
    }

    /// <summary>Answers as a test says, and remembers what it saw, which no real strategy may.</summary>
    private sealed class Seer : BarStrategy, IPositionStrategy
    {
        public Func<Signal, Standing, Signal>? Answer { get; set; }

        public Standing Seen { get; private set; }

        public int Calls { get; private set; }

        public override string Name => "seer";

        public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes)
        {
            (Seen, Calls) = (standing, Calls + 1);
            votes?.Add(new Vote(VoteKind.BarsHeld, -1, standing.BarsHeld, 1));
            return Answer is null ? signal : Answer(signal, standing);
        }

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => Signal.Hold;
    }
}
