using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts.Allocation;

/// <summary>Why a symbol is left as it is.</summary>
public enum LegHold : byte
{
    /// <summary>It is traded.</summary>
    None,

    /// <summary>It lies near enough to its target.</summary>
    WithinDrift,

    /// <summary>The trade would be smaller than is worth making, or than the exchange takes.</summary>
    TooSmall,

    /// <summary>An order of it is under way.</summary>
    Busy,

    /// <summary>No price of it is known yet.</summary>
    NoPrice,
}

/// <summary>What a rebalancing does about one symbol; money in quote currency.</summary>
/// <param name="Target">The share of equity that it is to have.</param>
/// <param name="Share">The share that it has.</param>
/// <param name="Value">What is held of it.</param>
/// <param name="Hold">Why nothing is traded.</param>
/// <param name="Amount">What the trade is worth; 0 when there is none.</param>
/// <param name="Quantity">Base currency to sell; 0 for a purchase, which counts in money.</param>
/// <param name="Cost">What the trade will cost, about.</param>
public sealed record RebalanceLeg(string Symbol, decimal Target, decimal Share, decimal Value, LegHold Hold, OrderSide Side, decimal Amount, decimal Quantity, decimal Cost)
{
    /// <summary>One sentence in plain English.</summary>
    public string Describe() => Hold switch
    {
        LegHold.None => Text($"{(Side == OrderSide.Buy ? "Buy" : "Sell")} {Symbol} for about {Amount:0.00}: it is {Share:P1} of the equity and is to be {Target:P1}; costs about {Cost:0.00}."),
        LegHold.WithinDrift => Text($"{Symbol} is {Share:P1} of the equity, near enough to {Target:P1}."),
        LegHold.TooSmall => Text($"{Symbol} is {Share:P1} of the equity and is to be {Target:P1}, but the trade would be too small."),
        LegHold.Busy => Text($"{Symbol} has an order under way, so it is left alone."),
        _ => Text($"{Symbol} has no price yet, so it is left alone."),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
