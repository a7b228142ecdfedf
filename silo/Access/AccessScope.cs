namespace OrleansTrader.Silo.Access;

/// <summary>What a token may do.</summary>
public enum AccessScope
{
    /// <summary>Look at everything, change nothing.</summary>
    Read,

    /// <summary>Everything that the owner may do.</summary>
    Trade,
}
