using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>Candle files as a feed, and all bars of a feed that has an end as tapes of a backtest.</summary>
internal static class MarketTapes
{
    /// <summary>The candle files that the settings name; what is left out of them is told on stderr.</summary>
    public static async Task<ReplayFeed> FeedAsync(MarketSettings settings, CancellationToken cancellation)
    {
        var feed = MarketChoice.Replay(settings, cancellation);
        foreach (var problem in feed.Problems) await Console.Error.WriteLineAsync($"warning: {problem}");
        return feed;
    }

    public static async Task<IReadOnlyList<SymbolTape>> OfAsync(IMarketFeed feed)
    {
        var tapes = new List<SymbolTape>();
        foreach (var rules in feed.Symbols)
            tapes.Add(new SymbolTape(rules, (await feed.HistoryAsync(rules.Symbol, DateTime.MinValue, DateTime.MaxValue, int.MaxValue, CancellationToken.None)).ToArray()));
        return tapes;
    }
}
