using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>Invented bars with prices as exchanges write them, and what a folder holds of them.</summary>
internal static class PastBars
{
    /// <summary>Bars from the first one that opens then on, each once.</summary>
    public static IEnumerable<Candle> Make(Interval interval, DateTime from, DateTime to, int seed)
    {
        var random = new Random(seed);
        var price = 0.00001m + random.Next(1, 100_000);
        for (var open = interval.StartOf(from); open < to; open += interval.Length)
        {
            var first = price;
            price = Math.Max(0.00000011m, price + random.Next(-1_000, 1_001) * 0.00000001m * (1 + random.Next(10_000)));
            var (high, low) = (Math.Max(first, price) + (random.Next(100) * 0.00000001m), Math.Min(first, price) - (random.Next(10) * 0.00000001m));
            if (open >= from) yield return new Candle(open, (double)first, (double)high, (double)low, (double)price, (double)(random.Next(5) == 0 ? 0m : random.Next(1_000_000) * 0.00001m));
        }
    }

    /// <summary>What all candle files of the symbol have, in the order of time; each once, or the test fails.</summary>
    public static Candle[] In(string folder, string symbol, Interval interval)
    {
        var files = new CandleFolder(folder);
        if (!files.SymbolsAt(interval).Contains(symbol, StringComparer.Ordinal)) return [];
        Candle[] all = [.. files.FilesOf(symbol, interval).SelectMany(file => CandleFile.Read(file, BadRowPolicy.Stop).Candles).OrderBy(bar => bar.OpenTime)];
        Assert.Equal(all.Length, all.DistinctBy(bar => bar.OpenTime).Count());
        return all;
    }
}
