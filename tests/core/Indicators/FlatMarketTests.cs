using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>What rounding leaves of a market that has come to stand still is not taken for a movement.</summary>
public class FlatMarketTests
{
    // Long enough that averages of the last movement have shrunk to the smallest numbers there are.
    private const int Flat = 12_000;

    [Fact]
    public void A_stochastic_RSI_is_zero_once_the_index_stands_still_as_the_price_does()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var stochastic = new StochasticRsi(14, 14, 3);
            stochastic.Update(ThenFlat(seed));
            // The range of the index is that of the last 14 bars, %D looks at two more.
            Assert.All(stochastic.K.Values[(100 + 14)..].ToArray(), k => Assert.Equal(0, k));
            Assert.All(stochastic.D.Values[(100 + 16)..].ToArray(), d => Assert.Equal(0, d));
        }
    }

    [Fact]
    public void A_stochastic_RSI_speaks_again_with_the_first_movement()
    {
        var stochastic = new StochasticRsi(14, 14, 3);
        var bars = ThenFlat(seed: 1);
        stochastic.Update(bars);
        var last = bars[^1].Close;
        stochastic.Update(Build.Bar(bars.Length, last, last * 1.01, last, last * 1.01));
        Assert.Equal(100, stochastic.K.Value);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(30_123.47)]
    public void A_commodity_channel_index_is_zero_where_the_price_stands_still(double price)
    {
        var index = new Cci(20);
        index.Update([.. Enumerable.Range(0, 100).Select(i => Build.Bar(i, price, price, price, price))]);
        Assert.All(index.Values[19..].ToArray(), value => Assert.Equal(0, value));
    }

    private static Candle[] ThenFlat(int seed)
    {
        var bars = Build.Walk(100, seed);
        var last = bars[^1].Close;
        return [.. bars, .. Enumerable.Range(bars.Length, Flat).Select(i => Build.Bar(i, last, last, last, last))];
    }
}
