namespace OrleansTrader.Core.Market;

/// <summary>What the fee of a trade is taken in.</summary>
public enum FeeAsset : byte
{
    /// <summary>The quote currency of the symbol.</summary>
    Quote,

    /// <summary>What the trade brings: of a purchase the base currency, of a sale the quote currency.</summary>
    Base,

    /// <summary>The exchange's own coin.</summary>
    Bnb,
}
