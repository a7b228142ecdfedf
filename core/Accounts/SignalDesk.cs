using System.Runtime.CompilerServices;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Accounts;

/// <summary>Acts upon the signal of a symbol: has its position covered and led, then enters or leaves.</summary>
internal sealed class SignalDesk(Account account, EntryDesk entries, Settlement settlement)
{
    private readonly ExitDesk _exits = new(account, settlement);
    private readonly PositionLook _look = new(account);
    private bool _leads;

    private AccountState State => account.State;

    public void Use(ExitRules exits)
    {
        _exits.Use(exits);
        _leads = _exits.Leads | _look.IsOn;
    }

    public void Use(IPositionStrategy? strategy, bool endures)
    {
        _look.Use(strategy, endures);
        _leads = _exits.Leads | _look.IsOn;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Decide(Position position, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market)
    {
        if (position.IsExposed) settlement.Cover(position, time);
        if (_look.IsOn) DecideAfterLook(position, time, in signal, in grounds, limits, in market);
        else Act(position, time, in signal, in grounds, limits, in market);
    }

    /// <summary>Between bars: gives a position up that has been without its stop for too long, and covers one that no order works for.</summary>
    public void Attend(Position position, DateTime time)
    {
        if (!_exits.GivesUp(position, time, signal: default) && position.IsExposed) settlement.Cover(position, time);
    }

    /// <summary>The signals upon which <see cref="Decide"/> would do anything about the symbol as it stands, a bit for each <see cref="Direction"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ActsUpon(Position position)
    {
        const int Any = ~0;
        if (position.IsExposed || position.IsDust || IsLed(position) || position.LastLook != LookOutcome.None) return Any;
        var acts = position.IsIdle ? Alarm.BitOf(Direction.Long) : 0;
        if (position.CanGrow) acts |= Alarm.BitOf(Direction.Add);
        if (position is { IsIdle: false, Leaving: ExitReason.None }) acts |= Alarm.BitOf(Direction.Flat);
        if (position.LastRefusal != RefusalCode.None) acts |= Alarm.BitOf(Direction.Flat) | Alarm.BitOf(Direction.Hold);
        return acts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecideAfterLook(Position position, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market)
    {
        var known = grounds;
        var changed = _look.Look(position, time, in signal, in market, ref known);
        Act(position, time, in changed, in known, limits, in market);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Act(Position position, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market)
    {
        if (IsLed(position)) _exits.Look(position, time, in signal);
        if (signal.IsEntry)
        {
            if ((signal.Direction == Direction.Add ? position.CanGrow && !settlement.IsStopTriggered(position) : position.IsIdle) && State.Run != RunState.Stopped) entries.Enter(position, time, in signal, in grounds, limits, in market);
            return;
        }

        if (position.LastRefusal != RefusalCode.None) account.Raise(new Fact { Kind = FactKind.RefusalEnded, Time = time, Symbol = position.Symbol });
        if (position.IsDust && State.Run != RunState.Stopped) settlement.SellDust(position, time);
        if (signal.Direction == Direction.Flat && !position.IsIdle && position.Leaving == ExitReason.None && State.Run != RunState.Stopped)
            settlement.Leave(position, ExitReason.Signal, time, entries.ExplainExit(in signal, position.Mark, in grounds));
    }

    /// <summary>True when the exit desk or the strategy may have something to say about the position on any bar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsLed(Position position) => (_leads & position.IsHeld) | position.IsUnprotected;
}
