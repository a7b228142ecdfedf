using System.Runtime.CompilerServices;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Watches the limits on losses at each mark of the equity: as long as it lies above <see cref="Floor"/> and not above
/// <see cref="Ceiling"/>, and the day is the same, nothing is to be done, and that is all that most bars ask. Other limits are
/// looked at where an entry is judged, and react there.
/// </summary>
internal sealed class LimitWatch(Account account, Settlement settlement)
{
    private RiskLimits _limits = RiskLimits.None;
    private bool _hasProtections;

    private AccountState State => account.State;

    private RiskRecord Risk => account.State.Risk;

    /// <summary>False while no limit is watched.</summary>
    public bool IsOn { get; private set; }

    /// <summary>True when a limit that refuses an entry may do more.</summary>
    public bool ReactsToRefusals { get; private set; }

    /// <summary>How often a limit has reacted since the account was opened here.</summary>
    public int Reactions { get; private set; }

    /// <summary>An equity at or below it crosses a limit.</summary>
    public double Floor { get; private set; } = double.NegativeInfinity;

    /// <summary>An equity above it is a new peak.</summary>
    public double Ceiling { get; private set; } = double.PositiveInfinity;

    /// <summary>When the day that is counted ends, in ticks; a step at that moment is the last of it.</summary>
    public long DayEnd { get; private set; } = long.MaxValue;

    public bool IsStreakDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsOn && _limits.MaxLossStreak > 0 && Risk.LossStreak >= _limits.MaxLossStreak && (Risk.Hits & LimitHits.LossStreak) == LimitHits.None;
    }

    /// <summary>What the day has lost, as a share of the equity with which it began.</summary>
    public double DayLoss => Risk.DayEquity > 0 ? 1 - (State.Equity.Latest / (double)Risk.DayEquity) : 0;

    /// <summary>How far the equity is below its peak, as a share of it.</summary>
    public double Drawdown => Risk.Peak > 0 ? 1 - (State.Equity.Latest / Risk.Peak) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(RiskLimits limits)
    {
        if (ReferenceEquals(limits, _limits)) return;
        _limits = limits;
        Begin();
    }

    /// <summary>Begins with the account as it stands.</summary>
    public void Begin()
    {
        IsOn = _limits.HasWatch;
        _hasProtections = _limits.HasProtections;
        ReactsToRefusals = _limits.ReactsToRefusals;
        // Nobody has followed the peak while it was of no use: it counts from where it begins to be.
        if (_limits.MaxDrawdown == 0) Risk.Peak = 0;
        else if (Risk.Peak == 0) Risk.Peak = State.Equity.Latest;
        Arm();
    }

    /// <summary>Works out the bounds anew, since what they depend on has changed.</summary>
    public void Arm()
    {
        Floor = double.NegativeInfinity;
        Ceiling = double.PositiveInfinity;
        DayEnd = long.MaxValue;
        if (!IsOn) return;
        if (_limits.CountsDays) DayEnd = Risk.Day == default ? 0 : Risk.Day.AddDays(1).Ticks;
        if (_limits.MaxDailyLoss > 0 && Risk.DayEquity > 0 && (Risk.Hits & LimitHits.DailyLoss) == LimitHits.None)
            Floor = (double)(Risk.DayEquity * (1 - _limits.MaxDailyLoss));
        if (_limits.MaxDrawdown == 0 || Risk.Peak == 0) return;
        Ceiling = Risk.Peak;
        if ((Risk.Hits & LimitHits.Drawdown) == LimitHits.None) Floor = Math.Max(Floor, FloorOfDrawdown);
    }

    public void RaisePeak(double equity)
    {
        Risk.Peak = equity;
        Arm();
    }

    /// <summary>Begins the day of a step whose bars are not booked or marked yet: one that ends at midnight is of the day before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OpenDay(DateTime time)
    {
        if (time.Ticks > DayEnd) Begin(time.AddTicks(-1).Date);
    }

    /// <summary>Begins the day of what follows on a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginDay(DateTime time)
    {
        if (time.Ticks >= DayEnd) Begin(time.Date);
    }

    /// <param name="counts">Something is held, so that the equity may change before anything else happens in the new day.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Look(DateTime time, bool counts)
    {
        if (!IsOn) return;
        if (State.Equity.Latest <= Floor || IsStreakDue) React(time);
        if (counts) BeginDay(time);
    }

    /// <summary>Reacts to a check that has refused an entry. A flattening with nothing to sell is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void React(string symbol, in RiskCheck refused, DateTime time)
    {
        var reaction = _limits.ReactionTo(refused.Code);
        if (reaction == LimitReaction.Refuse || LimitBreach.IsWatched(refused.Code)) return;
        if (reaction == LimitReaction.Flatten && !State.Positions.Exists(position => position is { IsIdle: false, Leaving: ExitReason.None })) return;
        Hit(new LimitBreach(refused.Code, (double)refused.Value, (double)refused.Limit, reaction) { Symbol = symbol }, time);
    }

    /// <summary>After a trade was closed: it may ask for a lock.</summary>
    public void JudgeTrade(DateTime time)
    {
        if (_hasProtections) Protections.Judge(account, _limits, time);
    }

    private double FloorOfDrawdown => Risk.Peak * (1 - (double)_limits.MaxDrawdown);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(DateTime day)
    {
        account.Raise(new Fact { Kind = FactKind.DayBegan, Time = day, Amount = State.EquityValue });
        Arm();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void React(DateTime time)
    {
        var equity = State.Equity.Latest;
        var hits = Risk.Hits;
        if (_limits.MaxDailyLoss > 0 && (hits & LimitHits.DailyLoss) == LimitHits.None && Risk.DayEquity > 0 && equity <= (double)(Risk.DayEquity * (1 - _limits.MaxDailyLoss)))
            Hit(new LimitBreach(RefusalCode.DailyLoss, DayLoss, (double)_limits.MaxDailyLoss, _limits.DailyLossReaction), time);
        if (_limits.MaxDrawdown > 0 && Risk.Peak > 0 && (hits & LimitHits.Drawdown) == LimitHits.None && equity <= FloorOfDrawdown)
            Hit(new LimitBreach(RefusalCode.Drawdown, Drawdown, (double)_limits.MaxDrawdown, _limits.DrawdownReaction), time);
        if (IsStreakDue)
            Hit(new LimitBreach(RefusalCode.LossStreak, Risk.LossStreak, _limits.MaxLossStreak, _limits.LossStreakReaction), time);
        Arm();
    }

    private void Hit(LimitBreach breach, DateTime time)
    {
        Reactions++;
        account.Raise(new Fact { Kind = FactKind.LimitHit, Time = time, Breach = breach });
        settlement.CancelEntries(time);
        if (breach.Reaction == LimitReaction.Flatten) settlement.LeaveAll(new SaleCause(ExitReason.Limit) { Breach = breach }, time);
        if (breach.Reaction == LimitReaction.Pause && State.Run == RunState.Running)
            account.Raise(new Fact { Kind = FactKind.RunStateChanged, Time = time, Run = RunState.Paused, Refusal = breach.Limit });
    }
}
