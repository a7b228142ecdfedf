using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cli;

/// <summary>All bars of a feed that has an end, as tapes of a backtest.</summary>
internal static class MarketTapes
{
    public static async Task<IReadOnlyList<SymbolTape>> OfAsync(IMarketFeed feed)
    {
        var tapes = new List<SymbolTape>();
        foreach (var rules in feed.Symbols)
            tapes.Add(new SymbolTape(rules, (await feed.HistoryAsync(rules.Symbol, DateTime.MinValue, DateTime.MaxValue, CancellationToken.None)).ToArray()));
        return tapes;
    }
}
