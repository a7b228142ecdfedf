using System.Globalization;

namespace OrleansTrader.Core.Risk;

/// <summary>A watched limit that was crossed, with the numbers that decided it.</summary>
/// <param name="Limit">The code under which entries are refused from then on.</param>
/// <param name="Value">What was measured: a share of equity, or trades lost in a row.</param>
/// <param name="Allowed">The limit that it reached.</param>
public sealed record LimitBreach(RefusalCode Limit, double Value, double Allowed, LimitReaction Reaction)
{
    /// <summary>A part of a sentence: what was measured, and the limit.</summary>
    internal string Measured => Limit switch
    {
        RefusalCode.DailyLoss => Text($"the day has lost {Value * 100:0.00} % of the equity with which it began, the limit is {Allowed * 100:0.00} %"),
        RefusalCode.Drawdown => Text($"the equity has fallen {Value * 100:0.00} % from its peak, the limit is {Allowed * 100:0.00} %"),
        _ => Text($"{Value:0} trades in a row have lost, the limit is {Allowed:0}"),
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
