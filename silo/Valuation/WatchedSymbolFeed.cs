using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Valuation;

/// <summary>A market of which one symbol is only looked at: no step brings its bars, and no account lists it; its history can be asked for.</summary>
internal sealed class WatchedSymbolFeed(IMarketFeed inner, string watched) : IMarketFeed
{
    private long _end = DateTime.MaxValue.Ticks;

    public IMarketFeed Inner => inner;

    public string Identity => inner.Identity;

    public string Description => inner.Description;

    public Interval Interval => inner.Interval;

    public IReadOnlyList<SymbolRules> Symbols { get; } = [.. inner.Symbols.Where(rules => !IsWatched(rules.Symbol, watched))];

    public bool IsLive => inner.IsLive;

    public SymbolStatus StatusOf(string symbol) => inner.StatusOf(symbol);

    public string? Standstill => inner.Standstill;

    public Quote QuoteOf(string symbol) => inner.QuoteOf(symbol);

    /// <summary>Also when only the symbol that is looked at goes on, once that was seen.</summary>
    public bool HasEnded(DateTime time) => inner.HasEnded(time) || time.Ticks >= Interlocked.Read(ref _end);

    public async ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        if (time.Ticks >= Interlocked.Read(ref _end)) return null;
        var latest = time;
        while (await inner.NextAsync(latest, cancellation) is { } step)
        {
            var bars = step.Bars.RemoveAll(bar => IsWatched(bar.Symbol, watched));
            if (!bars.IsEmpty) return step with { Bars = bars };
            latest = step.Time;
        }

        if (inner.HasEnded(latest)) Interlocked.Exchange(ref _end, time.Ticks);
        return null;
    }

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation) =>
        inner.HistoryAsync(symbol, after, upTo, most, cancellation);

    private static bool IsWatched(string symbol, string watched) => string.Equals(symbol, watched, StringComparison.Ordinal);
}
