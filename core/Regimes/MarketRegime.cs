namespace OrleansTrader.Core.Regimes;

/// <summary>What kind of market a bar belongs to.</summary>
public enum MarketRegime : byte
{
    /// <summary>Too few bars were seen, or nobody asked.</summary>
    Unknown,

    /// <summary>The price rises steadily.</summary>
    TrendingUp,

    /// <summary>The price falls steadily.</summary>
    TrendingDown,

    /// <summary>The price goes nowhere, with swings of the usual size.</summary>
    Ranging,

    /// <summary>The swings are far larger than usual, whichever way the price goes.</summary>
    Volatile,

    /// <summary>The price goes nowhere, with swings far smaller than usual.</summary>
    Quiet,
}
