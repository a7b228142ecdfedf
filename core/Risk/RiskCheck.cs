using System.Globalization;

namespace OrleansTrader.Core.Risk;

/// <summary>One check of an entry with the numbers that decided it.</summary>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">What it was held against.</param>
public readonly record struct RiskCheck(RefusalCode Code, decimal Value, decimal Limit, bool Passed)
{
    public string Describe() => Code switch
    {
        RefusalCode.NotRunning => Passed ? "the account is running" : "the account takes no new positions (paused or stopped)",
        RefusalCode.Cooldown => Text($"{Value:0} bars since the last exit, {Limit:0} needed"),
        RefusalCode.TooManyPositions => Text($"{Value:0} positions open, {Limit:0} allowed"),
        RefusalCode.StopOnWrongSide => Text($"stop {Value:0.########} must lie below the price {Limit:0.########}"),
        RefusalCode.NoCash => Text($"{Value:0.00} of cash is free"),
        RefusalCode.BelowMinNotional => Text($"an order worth {Value:0.00} after costs, at least {Limit:0.00} needed"),
        _ => "no check",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
