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
}
