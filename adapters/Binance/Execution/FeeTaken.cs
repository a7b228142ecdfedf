using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>A commission as an account books it.</summary>
/// <param name="Value">In quote currency, where it was taken in something else; 0 otherwise, and where nobody knows what it is worth.</param>
internal readonly record struct FeeTaken(decimal Amount, FeeAsset Asset, decimal Value)
{
    /// <param name="asset">What it was taken in; empty or null where none was.</param>
    /// <param name="price">Of the trade.</param>
    /// <param name="rate">What one of an asset that is neither of the symbol's is worth in quote currency; 0 where nobody knows.</param>
    public static FeeTaken Of(decimal amount, string? asset, decimal price, SymbolRules rules, decimal rate)
    {
        if (amount == 0 || string.IsNullOrEmpty(asset)) return default;
        if (string.Equals(asset, rules.QuoteAsset, StringComparison.Ordinal)) return new FeeTaken(amount, FeeAsset.Quote, Value: 0);
        return string.Equals(asset, rules.BaseAsset, StringComparison.Ordinal)
            ? new FeeTaken(amount, FeeAsset.Base, amount * price)
            : new FeeTaken(amount, FeeAsset.Bnb, amount * rate);
    }
}
