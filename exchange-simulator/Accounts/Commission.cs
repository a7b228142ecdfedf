using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>What the exchange takes for a trade.</summary>
internal sealed class Commission(MidpointRounding rounding, Func<string, SymbolMarket?> markets)
{
    private const int Decimals = 8;
    private const string Coin = "BNB";

    /// <summary>Amount and asset of the fee; in BNB where the account pays so and has enough, otherwise in what the trade brings.</summary>
    public (decimal Amount, string Asset) Of(Account account, SymbolRules rules, OrderSide side, bool isMaker, decimal price, decimal quantity)
    {
        var options = account.Options;
        var standard = Rate(options.Standard, side, isMaker);
        var others = Rate(options.Special, side, isMaker) + Rate(options.Tax, side, isMaker);
        if (options.PaysWithBnb && CoinPrice(rules.QuoteAsset) is > 0 and var coinPrice)
        {
            var coins = Round(price * quantity * ((standard * options.BnbDiscount) + others) / coinPrice);
            var isBought = side == OrderSide.Buy && rules.BaseAsset is Coin;
            if (coins <= account.FreeOf(Coin) + (isBought ? quantity : 0)) return (coins, Coin);
        }

        return side == OrderSide.Buy
            ? (Round(quantity * (standard + others)), rules.BaseAsset)
            : (Round(price * quantity * (standard + others)), rules.QuoteAsset);
    }

    private decimal CoinPrice(string quoteAsset) => quoteAsset is Coin ? 1 : markets(Coin + quoteAsset)?.Last ?? 0;

    private static decimal Rate(FeeRates rates, OrderSide side, bool isMaker) =>
        (isMaker ? rates.Maker : rates.Taker) + (side == OrderSide.Buy ? rates.Buyer : rates.Seller);

    private decimal Round(decimal amount) => decimal.Round(amount, Decimals, rounding);
}
