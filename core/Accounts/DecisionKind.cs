namespace OrleansTrader.Core.Accounts;

/// <summary>What was decided about a symbol.</summary>
public enum DecisionKind : byte
{
    /// <summary>To buy it, or more of it.</summary>
    Bought,

    /// <summary>To sell all of it.</summary>
    Left,

    /// <summary>To buy nothing of what was wanted.</summary>
    Refused,

    /// <summary>To sell a part of it.</summary>
    Reduced,

    /// <summary>To keep what was to be left by the bars alone.</summary>
    Kept,
}
