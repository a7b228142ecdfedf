using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>What the simulated exchange takes for a trade.</summary>
internal sealed class FeeSchedule(MatchingOptions options)
{
    private const int Decimals = 8;

    /// <summary>Share of the value of a trade, less the discount of who pays in coins of the exchange.</summary>
    public decimal Rate { get; } = options.FeeBps / 10_000 * (options.FeeAsset == FeeAsset.Bnb ? 1 - options.BnbDiscount : 1);

    /// <summary>Quote currency, for a trade of that value.</summary>
    public decimal Of(decimal value) => Round(value * Rate);

    /// <summary>Asset, amount, and value in quote currency, where fees are not always in quote currency.</summary>
    public (FeeAsset Asset, decimal Fee, decimal Worth) OfTrade(bool isBuy, decimal quantity, decimal price)
    {
        var value = quantity * price;
        if (options.FeeAsset == FeeAsset.Bnb)
        {
            var coins = Round(value * Rate / options.BnbPrice);
            return (FeeAsset.Bnb, coins, coins * options.BnbPrice);
        }

        if (!isBuy) return (FeeAsset.Quote, Of(value), Of(value));
        var taken = Round(quantity * Rate);
        return (FeeAsset.Base, taken, taken * price);
    }

    /// <summary>What of the fee is paid in quote currency at once, where fees are not always in quote currency: coins of the exchange are bought as they are needed.</summary>
    public decimal CashFor(bool isBuy, decimal quantity, decimal price)
    {
        var (asset, _, worth) = OfTrade(isBuy, quantity, price);
        return asset == FeeAsset.Base ? 0 : worth;
    }

    private static decimal Round(decimal amount) => decimal.Round(amount, Decimals, MidpointRounding.ToZero);
}
