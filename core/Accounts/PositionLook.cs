using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Shows a strategy its position before its signal is acted upon. Where it holds a wish back, or fails, that is written down once for each
/// run of bars on which it does.
/// </summary>
internal sealed class PositionLook(Account account)
{
    private readonly VoteSheet? _votes = account.Explains ? new VoteSheet() : null;
    private readonly Vote[] _all = account.Explains ? new Vote[2 * VoteSheet.Capacity] : [];
    private IPositionStrategy? _strategy;
    private bool _endures;
    private string? _problem;

    private AccountState State => account.State;

    /// <summary>False while no strategy asks for it and nothing that was written down of one is to be ended.</summary>
    public bool IsOn { get; private set; }

    public void Use(IPositionStrategy? strategy, bool endures)
    {
        (_strategy, _endures) = (strategy, endures);
        IsOn = strategy is not null || State.Positions.Exists(static position => position.LastLook != LookOutcome.None);
    }

    /// <summary>The signal to act upon, and what it rests on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Signal Look(Position position, DateTime time, in Signal signal, in EntryMarket market, scoped ref Grounds grounds)
    {
        var isAsked = _strategy is not null && (position.IsHeld || signal.IsEntry) && position.Leaving == ExitReason.None && State.Run != RunState.Stopped;
        if (!isAsked)
        {
            if (position.LastLook != LookOutcome.None) Note(position, LookOutcome.None, time, decision: null);
            return signal;
        }

        _votes?.Clear();
        _problem = null;
        var changed = Ask(_strategy!, position, time, in signal, in market);
        Direction? before = changed.Direction == signal.Direction ? null : signal.Direction;
        if (_votes is not null) grounds = new Grounds(Joined(grounds.Votes), grounds.Features, grounds.Model, before);
        var outcome = _problem is not null ? LookOutcome.Failed
            : before is not null && WouldAct(position, signal.Direction) && !WouldAct(position, changed.Direction) ? LookOutcome.HeldBack
            : LookOutcome.None;
        if (outcome != position.LastLook) Note(position, outcome, time, outcome == LookOutcome.None ? null : Explain(position, in changed, in grounds));
        return changed;
    }

    /// <summary>Whether the account would do anything about a signal of that direction.</summary>
    private static bool WouldAct(Position position, Direction direction) => direction switch
    {
        Direction.Long => position.IsIdle,
        Direction.Add => position.CanGrow,
        Direction.Flat => !position.IsIdle,
        _ => false,
    };

    private Signal Ask(IPositionStrategy strategy, Position position, DateTime time, in Signal signal, in EntryMarket market)
    {
        var standing = StandingOf(position, time, in market);
        try
        {
            return Completed(strategy.Reconsider(in signal, in standing, _votes), in signal);
        }
        catch (Exception failed) when (_endures && failed is not OutOfMemoryException)
        {
            _problem = failed.Message;
            // Nothing that reduces a position is held back, whatever fails.
            return signal.Direction == Direction.Flat ? signal : signal with { Direction = Direction.Hold };
        }
    }

    /// <summary>What the bar tells is told whatever becomes of the verdict: its regime, where a stop that follows lies, and the odds of an entry.</summary>
    private static Signal Completed(in Signal changed, in Signal signal) => changed with
    {
        Regime = signal.Regime,
        RegimeRules = signal.RegimeRules,
        Trail = signal.Trail,
        WinProbability = changed.IsEntry ? signal.WinProbability : double.NaN,
        WinTrades = changed.IsEntry ? signal.WinTrades : 0,
    };

    private Standing StandingOf(Position position, DateTime time, in EntryMarket market)
    {
        var standing = new Standing
        {
            Time = time,
            Close = position.Mark,
            EntryPrice = double.NaN,
            OpenReturn = double.NaN,
            Stop = double.NaN,
            Target = double.NaN,
            IsEntryWorking = position.EntryOrderId != 0,
            Bid = market.HasBook ? market.Bid : double.NaN,
            Ask = market.HasBook ? market.Ask : double.NaN,
        };
        if (!position.IsHeld) return standing;
        var (quantity, cost) = ((double)position.Quantity, (double)position.Cost);
        return standing with
        {
            Quantity = quantity,
            EntryPrice = (double)position.Tally.EntryPrice,
            OpenReturn = cost > 0 ? (quantity * position.Mark / cost) - 1 : double.NaN,
            BarsHeld = (int)((time - position.EntryTime).Ticks / State.Interval.Length.Ticks),
            Stop = Exact.IsPositive(position.Stop) ? (double)position.Stop : double.NaN,
            Target = Exact.IsPositive(position.Target) ? (double)position.Target : double.NaN,
        };
    }

    private ReadOnlySpan<Vote> Joined(scoped ReadOnlySpan<Vote> votes)
    {
        var own = _votes!.Votes;
        votes.CopyTo(_all);
        own.CopyTo(_all.AsSpan(votes.Length));
        return _all.AsSpan(0, votes.Length + own.Length);
    }

    private Decision? Explain(Position position, in Signal signal, in Grounds grounds) => account.Explains
        ? Decision.Of(in signal, position.Mark, RefusalCode.None, in grounds, [], State.Strategy) with { Problem = _problem }
        : null;

    private void Note(Position position, LookOutcome outcome, DateTime time, Decision? decision) =>
        account.Raise(new Fact { Kind = FactKind.PositionLooked, Time = time, Symbol = position.Symbol, Look = outcome, Decision = decision });
}
