using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>The sums of candlestick patterns add and subtract as TA-Lib's do: how far what was rounded away is felt.</summary>
public class PatternDriftTests
{
    // More than the longest sum and the longest pattern.
    private const int Forgotten = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void A_fall_of_the_price_to_a_hundred_millionth_changes_no_verdict(double fall)
    {
        var (old, young) = (new CandlePatternScanner(), new CandlePatternScanner());
        foreach (var bar in Walk(2_000, seed: 1, price: 10_000)) old.Update(in bar);
        foreach (var (index, bar) in Walk(3_000, seed: 2, price: 10_000 / fall).Index())
        {
            old.Update(in bar);
            young.Update(in bar);
            if (index < Forgotten) continue;
            Assert.Equal(young.Values.ToArray(), old.Values.ToArray());
        }
    }

    // Without ticks, which at a low price would leave nothing of the bars.
    private static IEnumerable<Candle> Walk(int count, int seed, double price)
    {
        var random = new Random(seed);
        var open = price;
        for (var i = 0; i < count; i++)
        {
            var close = open * (1 + (0.03 * (random.NextDouble() - 0.5)));
            yield return Build.Bar(i, open, Math.Max(open, close) * (1 + (0.01 * random.NextDouble())), Math.Min(open, close) * (1 - (0.01 * random.NextDouble())), close);
            open = close;
        }
    }
}
