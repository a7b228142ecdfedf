using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Tests.Regimes;

/// <summary>An invented market that is made of stretches of one regime each, and so knows the regime of every bar.</summary>
/// <remarks>
/// The rule: a stretch of 60 to 180 bars has one kind, another one than the stretch before it. With s the usual volatility of a
/// bar (0.6 %), the logarithm of the price moves in 16 steps a bar with deviation s a bar and
/// trending: a drift of 0.4 s a bar, up or down; ranging: a pull of 0.12 of the way back to where the stretch began;
/// volatile: deviation 3 s; quiet: deviation s / 3 and the same pull.
/// </remarks>
internal sealed record LabelledMarket(Candle[] Bars, MarketRegime[] Labels, int[] Ages)
{
    private const double Usual = 0.006;
    private const int Steps = 16;

    /// <param name="bars">How many bars.</param>
    public static LabelledMarket Of(int bars, int seed)
    {
        var random = new Random(seed);
        var market = new LabelledMarket(new Candle[bars], new MarketRegime[bars], new int[bars]);
        var price = Math.Log(20_000);
        var (kind, left, age, home) = (MarketRegime.Ranging, 0, 0, price);
        for (var i = 0; i < bars; i++)
        {
            if (left-- == 0)
            {
                (kind, left, age, home) = (Other(kind, random), random.Next(60, 181) - 1, 0, price);
            }

            var (open, high, low) = (price, price, price);
            for (var step = 0; step < Steps; step++)
            {
                price += Move(kind, price - home, random);
                (high, low) = (Math.Max(high, price), Math.Min(low, price));
            }

            market.Bars[i] = Build.Bar(i, Math.Exp(open), Math.Exp(high), Math.Exp(low), Math.Exp(price));
            (market.Labels[i], market.Ages[i]) = (kind, age++);
        }

        return market;
    }

    private static double Move(MarketRegime kind, double away, Random random)
    {
        var (deviation, drift, pull) = kind switch
        {
            MarketRegime.TrendingUp => (Usual, 0.4 * Usual, 0.0),
            MarketRegime.TrendingDown => (Usual, -0.4 * Usual, 0.0),
            MarketRegime.Ranging => (Usual, 0.0, 0.12),
            MarketRegime.Volatile => (3 * Usual, 0.0, 0.0),
            _ => (Usual / 3, 0.0, 0.12),
        };
        return (deviation * Normal(random) / Math.Sqrt(Steps)) + ((drift - (pull * away)) / Steps);
    }

    private static MarketRegime Other(MarketRegime than, Random random)
    {
        var kind = (MarketRegime)random.Next(1, 5);
        return kind >= than ? kind + 1 : kind;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
