using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>A limit that was crossed, with the numbers that decided it.</summary>
/// <param name="Limit">The code under which entries are refused from then on.</param>
/// <param name="Value">What was measured: a share of equity, trades lost in a row, or what the check of an entry measures.</param>
/// <param name="Allowed">The limit that it reached.</param>
public sealed record LimitBreach(RefusalCode Limit, double Value, double Allowed, LimitReaction Reaction)
{
    /// <summary>The symbol whose entry the limit refused; null for a limit that is watched without one.</summary>
    public string? Symbol { get; init; }

    /// <summary>True for a limit that looks at the equity and at closed trades, and not at an entry.</summary>
    public static bool IsWatched(RefusalCode limit) => limit is RefusalCode.DailyLoss or RefusalCode.Drawdown or RefusalCode.LossStreak;

    /// <summary>A part of a sentence: what was measured, and the limit.</summary>
    internal string Measured => Limit switch
    {
        RefusalCode.DailyLoss => Text($"the day has lost {Value * 100:0.00} % of the equity with which it began, the limit is {Allowed * 100:0.00} %"),
        RefusalCode.Drawdown => Text($"the equity has fallen {Value * 100:0.00} % from its peak, the limit is {Allowed * 100:0.00} %"),
        RefusalCode.LossStreak => Text($"{Counted.Of((decimal)Value, "trade has", "trades in a row have")} lost, the limit is {Allowed:0}"),
        _ => $"an entry into {Symbol} was refused, {new RiskCheck(Limit, (decimal)Value, (decimal)Allowed, Passed: false).Describe()}",
    };

    /// <summary>One sentence in plain English.</summary>
    public string Describe()
    {
        var what = char.ToUpperInvariant(Measured[0]) + Measured[1..];
        return Reaction switch
        {
            LimitReaction.Flatten => $"{what}: every position is left at the market.",
            LimitReaction.Pause => $"{what}: the account is paused.",
            _ => $"{what}: no new positions.",
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
