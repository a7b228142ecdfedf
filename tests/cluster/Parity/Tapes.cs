using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>The first bars of three symbols: recorded ones where they lie beside the checkout, invented ones where they do not.</summary>
internal static class Tapes
{
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

    /// <summary>A share of a bar's volume that is smaller than the orders of the test.</summary>
    public const double ThinShare = 0.00005;

    public static IReadOnlyList<SymbolTape> Take(int bars)
    {
        IMarketFeed feed = RealFolder is { } folder
            ? ReplayFeed.Load(new ReplayOptions(folder, Interval.OneHour) { Symbols = Symbols })
            : new SyntheticFeed(7, Interval.OneHour, Symbols);
        return [.. feed.Symbols.Select(rules => new SymbolTape(rules, FirstBars(feed, rules.Symbol, bars)))];
    }

    /// <summary>As <see cref="Take"/>, but the second symbol lacks bars here and there, and the third comes late.</summary>
    public static IReadOnlyList<SymbolTape> WithGaps(int bars)
    {
        var tapes = Take(bars);
        return
        [
            tapes[0],
            tapes[1] with { Candles = tapes[1].Candles.ToArray().Where((_, i) => i % 97 is < 13 or > 16).ToArray() },
            tapes[2] with { Candles = tapes[2].Candles[200..] },
        ];
    }

    private static Candle[] FirstBars(IMarketFeed feed, string symbol, int bars)
    {
        var first = feed.NextAsync(DateTime.MinValue, CancellationToken.None).AsTask().Result!.Time;
        var upTo = first + (feed.Interval.Length * (bars - 1));
        return [.. feed.HistoryAsync(symbol, DateTime.MinValue, upTo, int.MaxValue, CancellationToken.None).AsTask().Result];
    }

    private static string? RealFolder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, "shared", "data", "klines");
                if (File.Exists(Path.Combine(path, "BTCUSDT-1h.csv.gz"))) return path;
            }

            return null;
        }
    }
}
