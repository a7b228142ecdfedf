using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>Seeded one-minute bars of a random walk with full double precision, so that averages never tie.</summary>
internal static class RandomWalk
{
    public static Candle[] Bars(int count, int seed)
    {
        var random = new Random(seed);
        var bars = new Candle[count];
        var price = 20_000.0;
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < count; i++)
        {
            var open = price * (1 + (0.0001 * (random.NextDouble() - 0.5)));
            var close = open * Math.Exp(0.0008 * (random.NextDouble() + random.NextDouble() - 1));
            var high = Math.Max(open, close) * (1 + (0.0004 * random.NextDouble()));
            var low = Math.Min(open, close) * (1 - (0.0004 * random.NextDouble()));
            bars[i] = new Candle(time, open, high, low, close, 5 + (10 * random.NextDouble()));
            price = close;
            time = time.AddMinutes(1);
        }

        return bars;
    }
}
