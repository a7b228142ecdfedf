using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Core.Matching;

/// <summary>What trading costs on the simulated exchange, and how much of a bar one order may take.</summary>
public sealed record MatchingOptions
{
    /// <summary>Fee of each trade in basis points of its value. Default 10 (Binance's base tier).</summary>
    [Range(0.0, 1000.0)]
    public decimal FeeBps { get; init; } = 10;

    /// <summary>How much worse than the bar's price a market or stop order trades, in basis points. Default 2.</summary>
    [Range(0.0, 1000.0)]
    public double SlippageBps { get; init; } = 2;

    /// <summary>The share of a bar's volume that one order may take; the rest waits for the next bar. Default 10 %; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public double MaxVolumeShare { get; init; } = 0.1;

    /// <summary>What the fee is taken in. Default the quote currency.</summary>
    public FeeAsset FeeAsset { get; init; }

    /// <summary>What one BNB costs in quote currency, where fees are taken in it. Default 300.</summary>
    [Range(0.01, 1_000_000.0)]
    public decimal BnbPrice { get; init; } = 300;

    /// <summary>The share of the fee that is let off where it is taken in BNB. Default 25 %.</summary>
    [Range(0.0, 1.0)]
    public decimal BnbDiscount { get; init; } = 0.25m;
}
