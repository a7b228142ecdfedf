namespace OrleansTrader.Core.Risk;

/// <summary>The check that an entry failed; stable, since it is written into journals.</summary>
public enum RefusalCode : byte
{
    None = 0,
    NotRunning = 1,
    Cooldown = 2,
    TooManyPositions = 3,
    StopOnWrongSide = 4,
    NoCash = 5,
    BelowMinNotional = 6,
    KillSwitch = 7,
    StaleData = 8,
    SymbolHalted = 9,
    Locked = 10,
    DailyLoss = 11,
    Drawdown = 12,
    LossStreak = 13,
    TradesPerDay = 14,
    SymbolExposure = 15,
    TotalExposure = 16,
    Correlation = 17,
    Spread = 18,
    Liquidity = 19,
    BelowStep = 20,
    RewardToRisk = 21,
    NoEdge = 22,
    StoreAway = 23,
    NotArmed = 24,
    FirstDay = 25,
}
