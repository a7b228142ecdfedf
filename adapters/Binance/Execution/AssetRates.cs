using System.Collections.Concurrent;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>What one of an asset is worth in another, for fees that are taken in neither asset of a symbol. Thread-safe.</summary>
public sealed class AssetRates(MarketCalls market)
{
    private readonly ConcurrentDictionary<(string Asset, string Quote), decimal> _rates = new();

    /// <summary>The latest that was learned; 0 where none was, and for no asset at all.</summary>
    public decimal Latest(string? asset, string quote) => asset is null ? 0 : _rates.GetValueOrDefault((asset, quote));

    /// <summary>Asks for the price of an asset that is none of the symbol's; what is known stays where there is no answer.</summary>
    public async Task LearnAsync(string asset, SymbolRules rules, CancellationToken cancellation = default)
    {
        if (asset.Length == 0 || string.Equals(asset, rules.QuoteAsset, StringComparison.Ordinal) || string.Equals(asset, rules.BaseAsset, StringComparison.Ordinal)) return;
        var answer = await market.PriceAsync(asset + rules.QuoteAsset, cancellation);
        if (answer.TryGet(out var ticker)) _rates[(asset, rules.QuoteAsset)] = ticker.Price;
    }
}
