namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>Why nothing may be sent for a while.</summary>
public enum StandstillReason : byte
{
    None,

    /// <summary>Too many requests (429): the exchange said how long to wait.</summary>
    TooManyRequests,

    /// <summary>The exchange's firewall refused a request (403).</summary>
    Blocked,

    /// <summary>The address is banned (418); every further request would make it longer.</summary>
    Banned,
}

/// <summary>A time in which nothing is sent.</summary>
/// <param name="Until">UTC, by the clock of this machine.</param>
public readonly record struct Standstill(StandstillReason Reason, DateTime Until);
