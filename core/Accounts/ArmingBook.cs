namespace OrleansTrader.Core.Accounts;

/// <summary>Lets an account open positions with real money, or no more, as facts of the account.</summary>
public static class ArmingBook
{
    /// <summary>From now on the account opens positions only while it is armed.</summary>
    /// <param name="firstDayValue">What an entry may cost on the first day, quote currency; 0 for no such bound.</param>
    public static void Demand(Account account, decimal firstDayValue, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.State.Arming?.FirstDayValue != firstDayValue) account.Raise(new Fact { Kind = FactKind.RealMoney, Time = time, Amount = firstDayValue });
    }

    /// <summary>Lets it open positions; does nothing where nobody has to, and while the kill switch is pulled.</summary>
    /// <param name="time">Of the latest step; the moment of the command counts before the first one.</param>
    public static void Arm(Account account, AccountCommand by, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.State is { Arming.IsArmed: false, Risk.IsKilled: false }) account.Raise(new Fact { Kind = FactKind.Armed, Time = Since(time, by), Command = by });
    }

    /// <summary>Lets it open none any more, and takes back what still buys; whatever reduces or covers a position goes on.</summary>
    public static void Disarm(Account account, AccountCommand by, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.State.Arming is not { IsArmed: true }) return;
        account.Raise(new Fact { Kind = FactKind.Disarmed, Time = Since(time, by), Command = by });
        account.CancelEntries(time);
    }

    private static DateTime Since(DateTime time, AccountCommand by) => time == default ? by.At : time;

    /// <summary>False for a fact that says nothing about it.</summary>
    internal static bool TryApply(AccountState state, in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.RealMoney: state.Arming = (state.Arming ?? new Arming()) with { FirstDayValue = fact.Amount }; break;
            case FactKind.Armed: state.Arming = Armed(state, in fact); break;
            case FactKind.Disarmed: state.Arming = state.Arming! with { IsArmed = false }; break;
            default: return false;
        }

        return true;
    }

    /// <summary>
    /// The first day begins with the next bar: decisions go by the times of bars. Where the account stands in the past, as after a long stop, it
    /// begins now, so that bars that are made up for do not use it up.
    /// </summary>
    private static Arming Armed(AccountState state, in Fact fact)
    {
        var (known, by) = (state.Arming!, fact.Command!);
        var next = fact.Time + state.Interval.Length;
        return known with
        {
            IsArmed = true,
            ArmedAt = by.At,
            ArmedBy = by.Who,
            FirstDayEnds = known.FirstDayEnds == default ? (next > by.At ? next : by.At) + Arming.FirstDay : known.FirstDayEnds,
        };
    }
}
