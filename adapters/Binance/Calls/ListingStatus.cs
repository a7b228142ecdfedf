namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Whether a symbol is traded.</summary>
public enum ListingStatus : byte
{
    /// <summary>A word that this client does not know; nothing is traded then.</summary>
    Unknown,
    Trading,

    /// <summary>Not traded; data goes on.</summary>
    Halt,

    /// <summary>Not traded, no data.</summary>
    Break,
    EndOfDay,

    /// <summary>Orders may only be canceled or made smaller.</summary>
    CancelOnly,
}
