namespace OrleansTrader.Core.Risk;

/// <summary>An entry that passed every check; only <see cref="RiskPolicy"/> makes one, and an account places no other.</summary>
public readonly record struct ApprovedOrder
{
    internal ApprovedOrder(decimal budget, decimal stop, decimal target)
    {
        Budget = budget;
        Stop = stop;
        Target = target;
    }

    /// <summary>Quote currency that the entry may spend, fees included; above 0.</summary>
    public decimal Budget { get; }

    /// <summary>Stop price on a tick; 0 when the strategy trades without protection.</summary>
    public decimal Stop { get; }

    /// <summary>Target price on a tick; 0 together with <see cref="Stop"/>, and where the stop alone ends the trade.</summary>
    public decimal Target { get; }
}
