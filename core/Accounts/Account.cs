using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// The consistency boundary of trading: cash, reservations, positions, protection and orders of one account. It decides
/// what to do about signals and reports; each decision is a list of facts, applied at once so that the next rule sees it
/// (the cash that one entry holds is gone for the next), and a list of requests for the exchange.
/// </summary>
/// <remarks>
/// Whoever drives an account makes <see cref="Facts"/> durable before it lets a request out, and throws the account away
/// if that fails. Deterministic: no clock, no randomness, no IO. Not thread-safe.
/// </remarks>
public sealed class Account
{
    private readonly SignalDesk _desk;
    private readonly RebalanceDesk _rebalance;
    private readonly List<Fact> _facts = [];
    private readonly bool _keepsFacts;
    private readonly RequestSheet _requests = new();
    private readonly Settlement _settlement;
    private Valuation[] _valuations = [];
    private readonly LimitWatch _watch;
    private double _cash;
    private DateTime _now;
    private bool _holds;

    /// <param name="state">Becomes the account's own.</param>
    /// <param name="explains">Keep the votes and checks of each decision in its facts; costs allocations.</param>
    /// <param name="keepsFacts">Keep the facts of a turn for who asks; false where nobody does, as in most backtests.</param>
    public Account(AccountState state, bool explains, bool keepsFacts = true)
    {
        State = state;
        Explains = explains;
        _keepsFacts = keepsFacts;
        _settlement = new Settlement(this);
        _watch = new LimitWatch(this, _settlement);
        var entries = new EntryDesk(this, _watch);
        _desk = new SignalDesk(this, entries, _settlement);
        _rebalance = new RebalanceDesk(this, entries, _settlement);
        _cash = (double)state.Cash;
        TakePositions();
    }

    public AccountState State { get; }

    /// <summary>What happened since <see cref="BeginTurn"/>, in order, already applied.</summary>
    public ReadOnlySpan<Fact> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>What the exchange is to be asked, in order; only once the facts are durable.</summary>
    public ReadOnlySpan<OrderRequest> Requests => _requests.All;

    /// <summary>Forgets the facts and requests of the turn before.</summary>
    public void BeginTurn()
    {
        if (_facts.Count > 0) _facts.Clear();
        _requests.Clear();
    }

    /// <summary>Opens an account that has no history, and lists its symbols.</summary>
    /// <exception cref="InvalidOperationException">The account is open already.</exception>
    public void Open(decimal cash, string market, Interval interval, DateTime time, string strategy = "")
    {
        if (State.Sequence > 0) throw new InvalidOperationException($"Account {State.Name} is open already.");
        Raise(new Fact { Kind = FactKind.AccountOpened, Time = time, Amount = cash, Market = market, Interval = interval, Strategy = strategy, Run = RunState.Running });
        _cash = (double)cash;
        _watch.Begin();
    }

    /// <summary>Makes the symbol tradable, or takes over rules that have changed, for the orders to come: what rests is left alone; says nothing where all is as before.</summary>
    /// <returns>The symbol's slot.</returns>
    public int List(SymbolRules rules, DateTime time)
    {
        var slot = Ledger.SlotOf(State, rules.Symbol);
        if (slot >= 0 && State.Positions[slot].Rules == rules) return slot;
        Raise(new Fact { Kind = FactKind.SymbolListed, Time = time, Symbol = rules.Symbol, Rules = rules });
        TakePositions();
        slot = Ledger.SlotOf(State, rules.Symbol);
        _settlement.Cover(State.Positions[slot], time);
        return slot;
    }

    /// <summary>Takes note of the strategy and the settings that it trades by, so that the journal tells which trade was done under which.</summary>
    public void Agree(string strategy, string terms, DateTime time)
    {
        if (string.Equals(State.Terms, terms, StringComparison.Ordinal) && string.Equals(State.Strategy, strategy, StringComparison.Ordinal)) return;
        Raise(new Fact { Kind = FactKind.TermsChanged, Time = time, Terms = terms, Strategy = strategy });
    }

    /// <summary>Begins anew with so much cash: all profit, loss and dust is forgotten. The numbers of orders go on, and a pulled kill switch stays pulled.</summary>
    /// <returns>False while a position is held or an order is open.</returns>
    public bool Reset(decimal cash, DateTime time)
    {
        if (!State.IsIdle) return false;
        Raise(new Fact { Kind = FactKind.AccountReset, Time = time, Amount = cash });
        _cash = (double)cash;
        TakePositions();
        _watch.Begin();
        return true;
    }

    /// <summary>The latest closes, as far as the limits look at them; null where nobody has them. They are input, not state: bars bring them again.</summary>
    public CloseTable? Closes { get; set; }

    /// <summary>Writes down the limits that it trades by from now on; of the settings only what was edited: what its owner has set beside that holds on.</summary>
    /// <param name="at">UTC by the clock on the wall.</param>
    public void SetLimits(RiskLimits limits, LimitsOrigin origin, DateTime time, DateTime at)
    {
        var risk = State.Risk;
        var known = origin == LimitsOrigin.Settings ? risk.Configured : risk.Limits;
        if (limits == known) return;
        Raise(new Fact { Kind = FactKind.LimitsChanged, Time = time, Limits = new LimitsChange(origin, at, LimitsEdit.Difference(known, limits, risk.Limits)) });
        _watch.Use(State.Risk.Limits!.InBarsOf(State.Interval));
    }

    /// <summary>Takes over the limits that it trades by; before any bar of a step is marked or booked.</summary>
    public void Use(RiskLimits limits) => _watch.Use(limits);

    /// <summary>Takes over the rules by which protected positions are led and left; they hold for those that are open as well.</summary>
    public void Use(ExitRules exits) => _desk.Use(exits);

    /// <summary>Takes over the strategy that looks at its position before its signals are acted upon; null where none does.</summary>
    /// <param name="endures">True to go on, and to write it down, where the strategy throws; false to let that end whoever runs the account.</param>
    public void Use(IPositionStrategy? strategy, bool endures) => _desk.Use(strategy, endures);

    /// <summary>
    /// Starts, pauses or stops the account. Whoever starts an account that a limit has paused lifts that limit. Unless it runs, entries that still buy are taken back; an order that reduces a
    /// position is never touched.
    /// </summary>
    public void SetRunState(RunState run, DateTime time)
    {
        if (State.Run == run) return;
        if (run == RunState.Running && State.Risk.PausedBy != RefusalCode.None) LiftLimit(State.Risk.PausedBy, time);
        Raise(new Fact { Kind = FactKind.RunStateChanged, Time = time, Run = run });
        if (run != RunState.Running) _settlement.CancelEntries(time);
    }

    /// <summary>Takes back every entry, leaves every position at the market, and opens none until the switch is released; real money has to be armed anew then.</summary>
    public void PullKillSwitch(DateTime time)
    {
        if (!State.Risk.IsKilled) Raise(new Fact { Kind = FactKind.KillSwitchPulled, Time = time });
        if (State.Arming is { IsArmed: true }) Raise(new Fact { Kind = FactKind.Disarmed, Time = time });
        _settlement.LeaveAll(new SaleCause(ExitReason.KillSwitch), time);
    }

    /// <summary>Lets the account open positions again, as far as its run state and limits do.</summary>
    public void ReleaseKillSwitch(DateTime time)
    {
        if (State.Risk.IsKilled) Raise(new Fact { Kind = FactKind.KillSwitchReleased, Time = time });
    }

    /// <summary>Ends a lock before its time.</summary>
    /// <returns>False when there is none of that number.</returns>
    public bool LiftLock(long id, DateTime time)
    {
        if (State.Risk.Locks.Find(known => known.Id == id) is not { } found) return false;
        Raise(new Fact { Kind = FactKind.LockLifted, Time = time, Symbol = found.Symbol, Lock = found });
        return true;
    }

    /// <summary>Lifts a watched limit that was crossed; it counts anew from the equity of this moment.</summary>
    /// <returns>False when it was not crossed.</returns>
    public bool LiftLimit(RefusalCode limit, DateTime time)
    {
        var hit = RiskFacts.HitOf(limit);
        if (hit == LimitHits.None || (State.Risk.Hits & hit) == LimitHits.None) return false;
        Raise(new Fact { Kind = FactKind.LimitLifted, Time = time, Refusal = limit, Amount = State.EquityValue });
        _watch.Arm();
        return true;
    }

    /// <summary>Books what the exchange reported. Reports may come twice, late, or before the acknowledgement of their order.</summary>
    /// <param name="stepTime">The step during which they came, UTC.</param>
    public void Settle(ReadOnlySpan<ExecutionReport> reports, DateTime stepTime)
    {
        _now = stepTime;
        if (reports.Length > 0) _watch.OpenDay(stepTime);
        _settlement.Book(reports);
        if (stepTime <= State.StepTime) return;
        State.StepTime = stepTime;
        State.StepPhase = StepPhase.Settling;
    }

    /// <summary>Lets go of a symbol that the exchange has no more: what is held of it is its owner's from now on, at the latest close.</summary>
    public void HandOver(string symbol, DateTime time) => ExternalMoves.HandOver(this, _settlement, State.Positions[Ledger.SlotOf(State, symbol)], _now = time);

    /// <summary>Values the symbol at the close of its latest bar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(int slot, double close)
    {
        ref var valuation = ref _valuations[slot];
        valuation.Mark = close;
        valuation.Position.Mark = close;
        if (valuation.Quantity != 0) valuation.Watch.Observe(valuation.Settled + (valuation.Quantity * close));
    }

    /// <summary>Observes the equity once all bars of a step are marked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MarkEquity()
    {
        // While nothing is held the equity is the cash, which the last fill has shown already.
        if (!_holds) return;
        var equity = _cash;
        foreach (ref readonly var valuation in _valuations.AsSpan()) equity += valuation.Owned * valuation.Mark;
        State.Equity.Observe(equity);
        if (equity > _watch.Ceiling) _watch.RaisePeak(equity);
    }

    /// <summary>Begins the UTC day in which the step lies, if its bars are the first of it that matter; before they are marked.</summary>
    public void OpenDay(DateTime time)
    {
        if (_holds) _watch.OpenDay(time);
    }

    /// <summary>Looks at the watched limits once the equity of a step is marked, and reacts to each that was crossed.</summary>
    public void Watch(DateTime time) => _watch.Look(time, _holds);

    /// <summary>How often a limit has reacted since the account was opened here: what is under way of other symbols may have changed.</summary>
    internal int Reactions => _watch.Reactions;

    /// <summary>False when <see cref="OpenDay"/> and <see cref="Watch"/> would do nothing in a step, as far as its time and the equity tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsWatchDue(DateTime time) =>
        State.Equity.Latest <= _watch.Floor || _watch.IsStreakDue || (_holds && time.Ticks >= _watch.DayEnd);

    /// <summary>How many of the bars of the only symbol pass before the watched limits have something to do; the peak follows them.</summary>
    internal int UnwatchedBars(int slot, ReadOnlySpan<Candle> bars)
    {
        if (!_watch.IsOn) return bars.Length;
        if (State.Equity.Latest <= _watch.Floor || _watch.IsStreakDue) return 0;
        if (!_holds) return bars.Length;
        var quantity = _valuations[slot].Owned;
        var lastOpening = _watch.DayEnd - State.Interval.Length.Ticks;
        for (var i = 0; i < bars.Length; i++)
        {
            var equity = _cash + (quantity * bars[i].Close);
            if (equity <= _watch.Floor || bars[i].OpenTime.Ticks >= lastOpening) return i;
            if (equity > _watch.Ceiling) _watch.RaisePeak(equity);
        }

        return bars.Length;
    }

    /// <summary>As <see cref="Mark"/> and <see cref="MarkEquity"/> at each of these bars, for an account of one symbol.</summary>
    internal void MarkAlone(int slot, ReadOnlySpan<Candle> bars)
    {
        ref var valuation = ref _valuations[slot];
        if (_holds)
        {
            // What is not the symbol's is cash, so that its watch and the account's mostly are at one, and stay so.
            var isAtOne = valuation.Settled == _cash && valuation.Owned == valuation.Quantity && EquityMark.Of(valuation.Watch) == EquityMark.Of(State.Equity);
            State.Equity.ObserveHolding(_cash, valuation.Owned, bars);
            if (isAtOne) EquityMark.Of(State.Equity).Restore(valuation.Watch);
            else valuation.Watch.ObserveHolding(valuation.Settled, valuation.Quantity, bars);
        }

        valuation.Mark = valuation.Position.Mark = bars[^1].Close;
    }

    /// <summary>Decides about one symbol; symbols come in ordinal order, since each entry takes cash from the next.</summary>
    /// <param name="time">Close of the step, UTC.</param>
    /// <param name="grounds">What the signal rests on, for the explanation.</param>
    /// <param name="market">What is known beside the bars.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Decide(int slot, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market = default)
    {
        _now = time;
        _desk.Decide(_valuations[slot].Position, time, in signal, in grounds, limits, in market);
    }

    /// <summary>The signals upon which <see cref="Decide"/> would do anything about the symbol as it stands, a bit for each <see cref="Direction"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ActsUpon(int slot) => _desk.ActsUpon(_valuations[slot].Position);

    /// <summary>Takes over the shares into which the account is divided when its owner rebalances it.</summary>
    public void Use(AllocationTargets targets) => _rebalance.Use(targets);

    /// <summary>Begins to trade what <see cref="Rebalancer.Plan"/> shows; does nothing while one is under way, and where it costs too much.</summary>
    public void Rebalance(DateTime time) => _rebalance.Begin(time);

    /// <summary>Goes on with a rebalancing that is under way, after the decisions of a step.</summary>
    public void GoOnRebalancing(RiskLimits limits, DateTime time, Func<string, EntryMarket?>? marketOf = null) => _rebalance.GoOn(time, limits, marketOf);

    /// <summary>Ends the step: everything that closed at that time has been decided.</summary>
    public void CompleteStep(DateTime time)
    {
        State.StepTime = time;
        State.StepPhase = StepPhase.Decided;
    }

    /// <summary>Looks between bars whether a position lacks the order that it needs, and whether it has lacked it for too long.</summary>
    internal void Attend(Position position, DateTime time) => _desk.Attend(position, time);

    /// <summary>Sells at the market what its stop does not sell.</summary>
    internal void LeaveStuck(Position position, DateTime time)
    {
        if (position is { IsHeld: true, Leaving: ExitReason.None }) _settlement.Leave(position, ExitReason.Stop, time, Explain(position, new SaleCause(ExitReason.Stop) { Limit = position.Stop }));
    }

    /// <summary>True when each decision is kept with its reasons.</summary>
    internal bool Explains { get; }

    /// <summary>Why a position is sold without a signal; null where nobody asks.</summary>
    /// <param name="bar">The verdict on the bar that decided, for its regime; left out where none did.</param>
    internal Decision? Explain(Position position, SaleCause cause, in Signal bar = default) => Explains
        ? new Decision(new Signal { Regime = bar.Regime, RegimeRules = bar.RegimeRules }, position.Mark, RefusalCode.None, [], [], State.Strategy) { Sale = cause }
        : null;

    /// <summary>False when nobody will see the facts, so that one which says little need not be made.</summary>
    internal bool KeepsFacts => _keepsFacts;

    /// <summary>The exchange has taken the order at once, where no facts are kept: each order has this one.</summary>
    internal void AcceptUnseen(long orderId) => Ledger.Accept(State, orderId);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Raise(in Fact fact)
    {
        Ledger.Apply(State, in fact);
        if (_keepsFacts) Keep(in fact);
    }

    // Apart, since every method that raises a fact would clear room for one more on its stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep(in Fact fact) => _facts.Add(fact);

    internal void CancelEntries(DateTime time) => _settlement.CancelEntries(time);

    internal void Request(in OrderRequest request) => _requests.Add(in request);

    /// <summary>Asks the exchange for the order that was created last.</summary>
    internal void RequestLatest() => _requests.Add(in CollectionsMarshal.AsSpan(State.Orders)[^1].RequestInPlace);

    /// <summary>A trade is closed: it may ask for a lock.</summary>
    internal void JudgeTrade() => _watch.JudgeTrade(_now);

    /// <summary>Takes over a payment in or out, of money or coins, which is neither a profit nor a loss.</summary>
    internal void RevalueFunds()
    {
        _cash = (double)State.Cash;
        TakeAll();
        foreach (ref readonly var valuation in _valuations.AsSpan()) valuation.ObserveIfSettled();
        if (!_holds && State.Equity.Latest != _cash) State.Equity.Observe(_cash);
        _watch.Begin();
    }

    /// <summary>Takes over in doubles what a fill has changed, so that marking a bar needs no decimal arithmetic.</summary>
    internal void Revalue(Position position)
    {
        _cash = (double)State.Cash;
        _holds = false;
        foreach (ref var valuation in _valuations.AsSpan())
        {
            if (ReferenceEquals(valuation.Position, position))
            {
                Take(ref valuation);
                if (valuation.Quantity == 0) valuation.Watch.Observe(valuation.Settled);
            }

            _holds |= valuation.Owned != 0;
        }

        if (_holds) return;
        State.Equity.Observe(_cash);
        if (_cash > _watch.Ceiling) _watch.RaisePeak(_cash);
    }

    private void TakePositions()
    {
        _valuations = [.. State.Positions.Select(position => new Valuation { Position = position, Watch = position.Record.Equity, Mark = position.Mark })];
        // Nothing is observed here: what a restart finds was observed before it.
        TakeAll();
    }

    private void TakeAll()
    {
        _holds = false;
        foreach (ref var valuation in _valuations.AsSpan())
        {
            Take(ref valuation);
            _holds |= valuation.Owned != 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(ref Valuation valuation)
    {
        var position = valuation.Position;
        valuation.Quantity = valuation.Owned = position.IsEmpty ? 0 : (double)position.TotalQuantity;
        if (!Exact.IsZero(position.External)) valuation.Owned += (double)position.External;
        // With one symbol that is the cash, known already, unless something was ever paid in or out.
        valuation.Settled = _valuations.Length == 1 && State.LastFlowId == 0 ? _cash : (double)(State.StartCash + position.Record.RealisedPnl - position.TotalCost);
    }
}
