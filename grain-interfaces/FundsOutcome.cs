namespace OrleansTrader.GrainInterfaces;

/// <summary>What became of a payment in or out, or of a new beginning.</summary>
public enum FundsOutcome
{
    /// <summary>Nobody knows; the account's journal tells.</summary>
    Unknown,
    Done,

    /// <summary>It could not be written down, so it did not happen.</summary>
    Failed,

    /// <summary>So much is not free.</summary>
    NotEnough,

    /// <summary>A position is held or an order is open.</summary>
    NotIdle,

    /// <summary>The account's money lies at an exchange that the service only speaks to, where it cannot be invented.</summary>
    NotPaper,
}
