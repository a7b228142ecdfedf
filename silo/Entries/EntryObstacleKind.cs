namespace OrleansTrader.Silo.Entries;

/// <summary>What can keep an account from opening any position.</summary>
public enum EntryObstacleKind
{
    /// <summary>How the account stands cannot be told.</summary>
    AccountUnknown,
    KillSwitch,

    /// <summary>Paused or stopped, by its owner or by a limit.</summary>
    NotRunning,
    NotArmed,
    DailyLoss,
    Drawdown,
    LossStreak,
    TradesPerDay,

    /// <summary>As many positions as the limits allow.</summary>
    TooManyPositions,

    /// <summary>As much is invested as the limits allow.</summary>
    TotalExposure,

    /// <summary>A lock on every symbol.</summary>
    Locked,

    /// <summary>The store of the journal is away.</summary>
    StoreAway,

    /// <summary>Nothing is sent to the exchange for a while: it has banned this address, say.</summary>
    Standstill,

    /// <summary>Account and exchange are being compared, or differ.</summary>
    NotSettled,
    StrategyFailing,

    /// <summary>The exchange trades none of the symbols now.</summary>
    MarketHalted,

    /// <summary>Bars are missing that should have come.</summary>
    MarketSilent,

    /// <summary>A recorded market is over.</summary>
    MarketEnded,
}
