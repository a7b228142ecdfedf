namespace OrleansTrader.Silo.Settings;

/// <summary>Whose money an account trades.</summary>
public enum AccountMode
{
    /// <summary>Invented money, matched here.</summary>
    Paper,

    /// <summary>The market and the account of the exchange, but no order leaves.</summary>
    DryRun,

    /// <summary>The money at the exchange.</summary>
    Live,
}
