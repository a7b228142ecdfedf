using System.Collections.Immutable;

namespace OrleansTrader.Core.Accounts.Allocation;

/// <summary>What a rebalancing would do, quote currency; legs in ordinal order of their symbols.</summary>
/// <param name="Cost">What all trades would cost together, about.</param>
/// <param name="MaxCost">What they may cost.</param>
public sealed record RebalancePlan(decimal Equity, ImmutableArray<RebalanceLeg> Legs, decimal Cost, decimal MaxCost)
{
    /// <summary>True when something is to be traded.</summary>
    public bool HasTrades => Legs.Any(leg => leg.Hold == LegHold.None);

    /// <summary>True when it costs more than it may, so that nothing of it is done.</summary>
    public bool IsTooDear => Cost > MaxCost;
}
