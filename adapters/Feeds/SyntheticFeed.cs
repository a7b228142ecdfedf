using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Plays a <see cref="SyntheticMarket"/>; every symbol has a bar in every step, and the next one is always there at once.</summary>
public sealed class SyntheticFeed(SyntheticMarket market) : IMarketFeed
{
    private readonly ImmutableArray<string> _names = [.. market.Symbols.Select(rules => rules.Symbol)];

    public SyntheticFeed(long seed, Interval interval, IEnumerable<string> symbols)
        : this(new SyntheticMarket(seed, interval, symbols))
    {
    }

    public string Identity { get; } = string.Create(CultureInfo.InvariantCulture, $"synthetic {market.Interval} seed {market.Seed}");

    public string Description { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"synthetic market with invented prices: {Counted.Of(market.Symbols.Count, "symbol")}, {market.Interval}, seed {market.Seed}");

    public Interval Interval => market.Interval;

    public IReadOnlyList<SymbolRules> Symbols => market.Symbols;

    public ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var number = ClosedBy(time);
        var bars = ImmutableArray.CreateBuilder<SymbolBar>(_names.Length);
        foreach (var name in _names) bars.Add(new(name, market.Bar(name, number)));
        return new(new MarketStep(Interval.CloseOf(bars[0].Candle.OpenTime), bars.MoveToImmutable()));
    }

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var first = ClosedBy(after);
        var candles = new Candle[Math.Clamp(ClosedBy(upTo) - first, 0, most)];
        market.Read(symbol, first, candles);
        return new(candles);
    }

    public bool HasEnded(DateTime time) => false;

    /// <summary>How many bars have closed by then, which is the number of the first one that closes later.</summary>
    private long ClosedBy(DateTime time) => Math.Max(0, (time - SyntheticMarket.Epoch).Ticks) / Interval.Length.Ticks;
}
