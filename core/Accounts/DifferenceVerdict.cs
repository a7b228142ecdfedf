namespace OrleansTrader.Core.Accounts;

/// <summary>What is to be done about a difference between an account and its exchange.</summary>
public enum DifferenceVerdict : byte
{
    /// <summary>It may only be under way: ask about its orders, and look again.</summary>
    Ask,

    /// <summary>Nothing of the account's own explains the money and coins: take them over.</summary>
    Adopt,

    /// <summary>The orders stay different: keep their symbols from new positions.</summary>
    GiveUp,

    /// <summary>The journal is not that of the account as it was traded: touch nothing.</summary>
    Refuse,
}
