using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Api;

/// <summary>Whether an account in live mode may open positions.</summary>
/// <param name="FirstDayValue">What an entry may cost on the first day, quote currency; 0 for no such bound.</param>
/// <param name="ArmedAt">When it was armed last, UTC by the clock on the wall; null before the first time.</param>
/// <param name="ArmedBy">Who armed it last; empty before.</param>
/// <param name="FirstDayEnds">From which step on entries are bound no more, UTC; null before the first arming.</param>
public sealed record ArmingStatus(bool IsArmed, decimal FirstDayValue, DateTime? ArmedAt, string ArmedBy, DateTime? FirstDayEnds)
{
    /// <summary>Null where nobody has to arm the account.</summary>
    public static ArmingStatus? Of(Arming? arming) => arming is null ? null
        : new ArmingStatus(arming.IsArmed, arming.FirstDayValue, Known(arming.ArmedAt), arming.ArmedBy, Known(arming.FirstDayEnds));

    private static DateTime? Known(DateTime time) => time == default ? null : time;
}
