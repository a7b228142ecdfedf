using System.Collections.Immutable;

namespace OrleansTrader.Core.Accounts.Allocation;

/// <summary>How an account is to be divided, and when it is worth moving something.</summary>
public sealed record AllocationTargets
{
    /// <summary>The share of equity that each symbol is to have, 0 to 1, together 1 at the most; the rest is cash. Symbols that are not named are left alone.</summary>
    public ImmutableSortedDictionary<string, decimal> Shares { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>How far a share may lie from its target before it is moved back, as a share of equity. Default 5 %.</summary>
    public decimal Drift { get; init; } = 0.05m;

    /// <summary>The smallest trade worth making, quote currency. Default 10.</summary>
    public decimal MinTrade { get; init; } = 10;

    /// <summary>What all trades of one rebalancing may cost together, as a share of equity. Default 0.5 %.</summary>
    public decimal MaxCost { get; init; } = 0.005m;

    /// <summary>What a trade costs, fee and slippage together, as a share of its value.</summary>
    public decimal CostShare { get; init; }
}
