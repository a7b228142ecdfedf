using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Trading rules for symbols whose exchange cannot be asked: derived from name and prices, near to what Binance has.</summary>
public static class KnownSymbolRules
{
    // Binance allows no finer tick or step.
    private const int MostDecimals = 8;

    private static readonly (string Asset, decimal MinNotional)[] Quotes =
    [
        ("FDUSD", 5), ("USDT", 5), ("USDC", 5), ("TUSD", 5), ("BUSD", 5), ("USDP", 5), ("DAI", 5), ("EUR", 5), ("GBP", 5), ("AUD", 5),
        ("TRY", 10), ("BRL", 10), ("JPY", 700), ("BTC", 0.0001m), ("ETH", 0.001m), ("BNB", 0.01m), ("USD", 5),
    ];

    /// <summary>
    /// The tick is the power of ten of <paramref name="priceDecimals"/>, 8 at the most. The step is the largest power of ten, from 1
    /// down to 0.00000001, that is worth no more than a fifth of the least order at <paramref name="price"/>: 0.00001 for BTCUSDT
    /// at 58,000, 1 for DOGEUSDT at 0.09. The least order is 5 for dollars and euros, and what Binance asks for the other quotes.
    /// </summary>
    /// <param name="price">A typical price; the first one of a file, so that it stays when the file grows.</param>
    public static SymbolRules For(string symbol, double price, int priceDecimals)
    {
        var (baseAsset, quoteAsset, minNotional) = Split(symbol);
        var step = 1m;
        while (step > Unit(MostDecimals) && (double)step * price > (double)(minNotional / 5)) step /= 10;
        return new(symbol, baseAsset, quoteAsset, Unit(Math.Clamp(priceDecimals, 0, MostDecimals)), step, minNotional);
    }

    private static (string Base, string Quote, decimal MinNotional) Split(string symbol)
    {
        foreach (var (asset, minNotional) in Quotes)
        {
            if (symbol.Length > asset.Length && symbol.EndsWith(asset, StringComparison.Ordinal))
                return (symbol[..^asset.Length], asset, minNotional);
        }

        // Every name of Binance has a known quote; for an invented one, the last three letters serve as well as any.
        return symbol.Length > 3 ? (symbol[..^3], symbol[^3..], 5) : (symbol, "USDT", 5);
    }

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);
}
