using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Core.Matching;

/// <summary>What trading costs on the simulated exchange, and how much of a bar one order may take.</summary>
public sealed record MatchingOptions
{
    /// <summary>Fee of each trade in basis points of its value, taken in quote currency. Default 10 (Binance's base tier).</summary>
    [Range(0.0, 1000.0)]
    public decimal FeeBps { get; init; } = 10;

    /// <summary>How much worse than the bar's price a market or stop order trades, in basis points. Default 2.</summary>
    [Range(0.0, 1000.0)]
    public double SlippageBps { get; init; } = 2;

    /// <summary>The share of a bar's volume that one order may take; the rest waits for the next bar. Default 10 %; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public double MaxVolumeShare { get; init; } = 0.1;
}
