namespace OrleansTrader.Core.Strategies.Hybrid;

/// <summary>Who votes in the hybrid strategy, in the order of its tables.</summary>
internal enum HybridVoter
{
    AverageDistance,
    DirectionalMovement,
    Strength,
    Momentum,
    BandPosition,
    Deviation,
    Volatility,
    MoneyFlow,
    VolumeBalance,
    Pattern,
    LongerTrend,
    Prediction,
}
