using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>What made the account sell when no signal did, with the numbers that decided; prices in quote currency.</summary>
/// <param name="Reason">Under which the sale is booked.</param>
public sealed record SaleCause(ExitReason Reason)
{
    /// <summary>
    /// What was measured: seconds without a confirmed stop, the share of the account or of what was bought, or what dust is worth; 0 where
    /// nothing of the kind decided.
    /// </summary>
    public decimal Value { get; init; }

    /// <summary>What that, or the price, was held against.</summary>
    public decimal Limit { get; init; }

    /// <summary>Average entry price from which <see cref="Risks"/> count; 0 where they do not.</summary>
    public decimal Entry { get; init; }

    /// <summary>Risks above the entry at which <see cref="Limit"/> lies.</summary>
    public decimal Risks { get; init; }

    /// <summary>Bars for which the position was held; 0 where that did not matter.</summary>
    public int Bars { get; init; }

    /// <summary>Base currency to be sold; 0 for all that is held.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Why the exchange refused the protection.</summary>
    public RejectReason Refusal { get; init; }

    /// <summary>The limit that was crossed; null where none was.</summary>
    public LimitBreach? Breach { get; init; }

    /// <summary>A part of a sentence in plain English.</summary>
    /// <param name="price">The latest close, as text.</param>
    public string Describe(string price) => Reason switch
    {
        ExitReason.TimeStop => Text($"held {Counted.Of(Bars, "bar")}, and {price} is not more than {Level}"),
        ExitReason.Trailing => Text($"{price} is not above {Limit:0.########}, to which the stop would follow the price"),
        ExitReason.ProtectionLost when Refusal == RejectReason.NotInTime => Text($"for {Counted.Of(Value, "second")} its stop was not confirmed, {Counted.Of(Limit, "is", "are")} allowed"),
        ExitReason.ProtectionLost => $"the exchange refused its protection ({Refusal})",
        ExitReason.Limit when Breach is { } breach => $"the limit {breach.Limit} was crossed: {breach.Measured}; its reaction is to {breach.Reaction.ToString().ToLowerInvariant()}",
        ExitReason.Stop => Text($"its stop at {Limit:0.########} was met and does not trade, since the price has jumped over its limit"),
        ExitReason.KillSwitch => "the kill switch was pulled",
        ExitReason.Partial => Text($"{price} is at least {Level}, where {Value * 100:0.##} % of what was bought is to be sold"),
        ExitReason.Rebalance => Text($"it is {Value * 100:0.0} % of the account and is to be {Limit * 100:0.0} %"),
        ExitReason.Dust => Text($"what was left of it is worth {Value:0.00}, more than the least order of {Limit:0.00}"),
        _ => Reason.ToString().ToLowerInvariant(),
    };

    private string Level => Risks == 0
        ? Text($"the entry of {Entry:0.########}")
        : Text($"{Risks:0.##} {(Risks == 1 ? "risk" : "risks")} above the entry of {Entry:0.########} ({Limit:0.########})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
