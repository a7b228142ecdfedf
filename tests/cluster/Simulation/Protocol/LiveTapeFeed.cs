#if !ORLEANS
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>Bars that come as they close by a clock.</summary>
/// <param name="symbols">By the rules that they have as the process starts.</param>
internal sealed class LiveTapeFeed(TapeFeed tapes, IReadOnlyList<SymbolRules> symbols, TimeProvider clock) : IMarketFeed
{
    public string Identity => tapes.Identity;

    public string Description => tapes.Description;

    public Interval Interval => tapes.Interval;

    public IReadOnlyList<SymbolRules> Symbols => symbols;

    public async ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        var step = await tapes.NextAsync(time, cancellation);
        // The first is asked for before it closes, to know where the market begins.
        return time == DateTime.MinValue || step?.Time <= clock.GetUtcNow().UtcDateTime ? step : null;
    }

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation) => tapes.HistoryAsync(symbol, after, upTo, most, cancellation);

    public bool HasEnded(DateTime time) => tapes.HasEnded(time);
}
#endif
