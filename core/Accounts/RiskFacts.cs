using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>What facts do to the memory of an account's limits.</summary>
internal static class RiskFacts
{
    private const int ChangesKept = 200;

    /// <summary>False for a fact that says nothing about limits.</summary>
    public static bool TryApply(AccountState state, in Fact fact)
    {
        var risk = state.Risk;
        switch (fact.Kind)
        {
            case FactKind.DayBegan: Begin(risk, in fact); break;
            case FactKind.LimitHit: risk.Hits |= HitOf(fact.Breach!.Limit); break;
            case FactKind.LimitLifted: Lift(risk, in fact); break;
            case FactKind.LockSet: Set(risk, in fact); break;
            case FactKind.LockLifted: Remove(risk, fact.Lock!.Id); break;
            case FactKind.KillSwitchPulled: risk.IsKilled = true; break;
            case FactKind.KillSwitchReleased: risk.IsKilled = false; break;
            case FactKind.LimitsChanged: Change(risk, fact.Limits!); break;
            default: return false;
        }

        return true;
    }

    public static LimitHits HitOf(RefusalCode limit) => limit switch
    {
        RefusalCode.DailyLoss => LimitHits.DailyLoss,
        RefusalCode.Drawdown => LimitHits.Drawdown,
        RefusalCode.LossStreak => LimitHits.LossStreak,
        _ => LimitHits.None,
    };

    public static void Close(AccountState state, in Fact fact)
    {
        var risk = state.Risk;
        var sign = decimal.Sign(fact.Amount);
        if (sign != 0) risk.LossStreak = sign < 0 ? risk.LossStreak + 1 : 0;
        risk.Trades.Add(new ClosedTrade(fact.Symbol!, fact.Time, fact.Exit, (double)fact.Amount, (double)fact.Quantity * (double)fact.EntryPrice));
    }

    private static void Begin(RiskRecord risk, in Fact fact)
    {
        risk.Day = fact.Time.Date;
        risk.DayEquity = fact.Amount;
        risk.DayEntries = 0;
        if ((risk.Hits & LimitHits.LossStreak) != LimitHits.None) risk.LossStreak = 0;
        // A fall from the peak is not of a day: its limit waits for the owner.
        risk.Hits &= LimitHits.Drawdown;
    }

    private static void Lift(RiskRecord risk, in Fact fact)
    {
        risk.Hits &= ~HitOf(fact.Refusal);
        switch (fact.Refusal)
        {
            case RefusalCode.DailyLoss: risk.DayEquity = fact.Amount; break;
            case RefusalCode.Drawdown: risk.Peak = (double)fact.Amount; break;
            case RefusalCode.LossStreak: risk.LossStreak = 0; break;
        }
    }

    private static void Change(RiskRecord risk, LimitsChange change)
    {
        risk.Limits = LimitsEdit.With(risk.Limits ?? new RiskLimits(), change.Values);
        if (change.Origin == LimitsOrigin.Settings) risk.Configured = LimitsEdit.With(risk.Configured ?? new RiskLimits(), change.Values);
        if (risk.Changes.Count == ChangesKept) risk.Changes.RemoveAt(0);
        risk.Changes.Add(change);
    }

    private static void Set(RiskRecord risk, in Fact fact)
    {
        var time = fact.Time;
        risk.Locks.RemoveAll(known => known.Until <= time);
        risk.Locks.Add(fact.Lock!);
        risk.NextLock = fact.Lock!.Id + 1;
    }

    private static void Remove(RiskRecord risk, long id)
    {
        for (var i = risk.Locks.Count - 1; i >= 0; i--)
            if (risk.Locks[i].Id == id)
                risk.Locks.RemoveAt(i);
    }
}
