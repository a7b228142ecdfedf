namespace OrleansTrader.Core.Matching;

/// <summary>What the simulated exchange takes its fees in.</summary>
public enum FeeAsset : byte
{
    /// <summary>The quote currency of the symbol, on both sides.</summary>
    Quote,

    /// <summary>What the trade brings: of a purchase the base currency, of a sale the quote currency; as Binance does.</summary>
    Base,

    /// <summary>Binance's own coin, at its discount; it is bought with cash as it is used.</summary>
    Bnb,
}
