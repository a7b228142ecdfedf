using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Market;

public class CurrencyPairTests
{
    [Fact]
    public void Money_is_counted_by_the_price_or_by_its_inverse()
    {
        var direct = CurrencyPair.Of(Build.Btc, "BTC", "USDT")!;
        Assert.Equal(50_000.25m, direct.Convert(1.25m, 40_000.2m));
        var inverse = CurrencyPair.Of(Build.Btc, "USDT", "BTC")!;
        // 10,000 of 30,000 each is a third.
        Assert.Equal(0.33333333m, inverse.Convert(10_000, 30_000));
        Assert.Equal((false, true), (direct.IsInverse, inverse.IsInverse));
    }

    [Theory]
    [InlineData("ETH", "USDT")]
    [InlineData("BTC", "EUR")]
    [InlineData("BTC", "BTC")]
    public void A_symbol_that_does_not_connect_the_two_is_no_pair(string from, string to) => Assert.Null(CurrencyPair.Of(Build.Btc, from, to));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.001)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_price_tells_no_rate(double close) => Assert.Null(CurrencyPair.Of(Build.Btc, "BTC", "USDT")!.PriceOf(close));

    [Fact]
    public void A_close_counts_as_it_is_quoted() => Assert.Equal(40_000.13m, CurrencyPair.Of(Build.Btc, "BTC", "USDT")!.PriceOf(40_000.1299999));
}
