namespace OrleansTrader.Core.Accounts;

/// <summary>How far a position has come, derived from what is held and what works for it.</summary>
public enum PositionState : byte
{
    /// <summary>Nobody knows whether one of its orders arrived; it is being looked up.</summary>
    Unknown,

    /// <summary>Nothing is held and nothing works.</summary>
    Closed,

    /// <summary>Its entry still buys, or is about to.</summary>
    Opening,

    /// <summary>Held without a confirmed stop: by design, or because the stop is on its way to the exchange.</summary>
    Open,

    /// <summary>The exchange has confirmed a stop over everything that is held.</summary>
    Protected,

    /// <summary>A part of it is being sold, the rest stays.</summary>
    Reducing,

    /// <summary>All of it is being sold.</summary>
    Closing,

    /// <summary>What is left is too little for any order.</summary>
    Dust,
}
