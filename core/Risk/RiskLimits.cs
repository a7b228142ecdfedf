using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Core.Risk;

/// <summary>The limits that every entry must pass. A change never touches an order that reduces a position.</summary>
public sealed record RiskLimits
{
    /// <summary>The largest share of equity that one position may cost, fees included. Default 25 %.</summary>
    [Range(0.001, 1.0)]
    public decimal MaxPositionShare { get; init; } = 0.25m;

    /// <summary>Positions held or being opened at the same time. Default 4.</summary>
    [Range(1, 1000)]
    public int MaxOpenPositions { get; init; } = 4;

    /// <summary>The smallest position worth opening, in quote currency. Default 10.</summary>
    [Range(0.0, 1_000_000.0)]
    public decimal MinNotional { get; init; } = 10m;

    /// <summary>Bars that must pass after an exit before the same symbol is entered again. Default 2.</summary>
    [Range(0, 10_000)]
    public int CooldownBars { get; init; } = 2;

    /// <summary>No limit but the cash: for measuring a bare strategy.</summary>
    public static RiskLimits None { get; } = new() { MaxPositionShare = 1, MaxOpenPositions = 1000, MinNotional = 0, CooldownBars = 0 };
}
