namespace OrleansTrader.Core.Risk;

/// <summary>The protection that has set a lock; stable, since it is written into journals.</summary>
public enum LockReason : byte
{
    None = 0,

    /// <summary>Too many stops within a time.</summary>
    StopGuard = 1,

    /// <summary>The trades closed within a time have lost too much from their best moment.</summary>
    RecentDrawdown = 2,

    /// <summary>The trades of a symbol closed within a time have earned too little.</summary>
    LowProfit = 3,

    /// <summary>Exchange and account differ about orders of the symbol.</summary>
    Difference = 4,

    /// <summary>The exchange does not trade the symbol while something of it is held.</summary>
    NotTraded = 5,
}
