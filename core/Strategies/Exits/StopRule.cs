namespace OrleansTrader.Core.Strategies.Exits;

/// <summary>Where a stop lies.</summary>
public enum StopRule : byte
{
    /// <summary>Where the strategy puts it; as a rule to follow the price by, not at all.</summary>
    Strategy,

    /// <summary>A multiple of the average true range below the close.</summary>
    Atr,

    /// <summary>A share below the close.</summary>
    Percent,

    /// <summary>Below the latest swing low.</summary>
    Structure,

    /// <summary>A multiple of the average true range below the highest high of the latest bars. Source: LeBeau's chandelier exit, in Elder, Come into My Trading Room (2002).</summary>
    Chandelier,
}
