namespace OrleansTrader.Core.Accounts;

/// <summary>What came of a strategy's look at its position, where the account did nothing because of it.</summary>
public enum LookOutcome : byte
{
    /// <summary>Nothing to be written down.</summary>
    None,

    /// <summary>The strategy has held back what it wanted by the bars alone.</summary>
    HeldBack,

    /// <summary>The strategy has thrown.</summary>
    Failed,
}
