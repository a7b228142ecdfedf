using System.Globalization;
using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Api;

/// <summary>What an entry may cost on the first day, beside which the limits of an account are read.</summary>
internal static class FirstDayBound
{
    /// <summary>In a sentence; null where no such bound holds or will hold.</summary>
    /// <param name="step">Of the account's latest bar, UTC.</param>
    public static string? Describe(Arming? arming, DateTime step) => arming switch
    {
        null or { FirstDayValue: 0 } => null,
        { FirstDayEnds: var ends } when ends == default => Text($"For the first 24 hours after the first arming an entry costs {arming.FirstDayValue:0.00} at the most."),
        _ when arming.MostAt(step) is > 0 and var most => Text($"Until {arming.FirstDayEnds:yyyy-MM-dd HH:mm} UTC an entry costs {most:0.00} at the most."),
        _ => null,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
