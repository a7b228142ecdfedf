namespace OrleansTrader.Core.Market;

/// <summary>Whether the exchange trades a symbol.</summary>
public enum SymbolStatus : byte
{
    /// <summary>Nobody says; recorded candles do not.</summary>
    Unknown,
    Trading,

    /// <summary>Halted, in auction, or on its way out.</summary>
    Halted,
}
