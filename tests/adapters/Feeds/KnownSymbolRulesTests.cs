using OrleansTrader.Adapters.Feeds;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class KnownSymbolRulesTests
{
    // Steps as Binance spot has them for these symbols at such prices.
    [Theory]
    [InlineData("BTCUSDT", 58_000, 2, "BTC", "USDT", "0.01", "0.00001")]
    [InlineData("ETHUSDC", 2_100, 2, "ETH", "USDC", "0.01", "0.0001")]
    [InlineData("BNBFDUSD", 310, 1, "BNB", "FDUSD", "0.1", "0.001")]
    [InlineData("ADAUSDT", 1.2, 4, "ADA", "USDT", "0.0001", "0.1")]
    [InlineData("DOGEUSDT", 0.09, 5, "DOGE", "USDT", "0.00001", "1")]
    [InlineData("ETHBTC", 0.05, 5, "ETH", "BTC", "0.00001", "0.0001")]
    [InlineData("BTCEUR", 40_000, 0, "BTC", "EUR", "1", "0.00001")]
    public void Tick_and_step_follow_the_prices(string symbol, double price, int decimals, string baseAsset, string quoteAsset, string tick, string step)
    {
        var rules = KnownSymbolRules.For(symbol, price, decimals);

        Assert.Equal((baseAsset, quoteAsset), (rules.BaseAsset, rules.QuoteAsset));
        Assert.Equal((tick, step), (Text(rules.TickSize), Text(rules.StepSize)));
    }

    [Fact]
    public void Noise_in_the_last_digits_gives_no_finer_tick_than_the_exchange_has() =>
        Assert.Equal(0.00000001m, KnownSymbolRules.For("BTCUSDT", 42_000, 17).TickSize);

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
