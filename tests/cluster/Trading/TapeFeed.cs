using System.Collections.Immutable;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>The tapes of a backtest as a market feed, so that both sides of a comparison see the same bars.</summary>
internal sealed class TapeFeed(Interval interval, IReadOnlyList<SymbolTape> tapes) : IMarketFeed
{
    private readonly SortedDictionary<DateTime, ImmutableArray<SymbolBar>> _steps = StepsOf(interval, tapes);
    private DateTime[]? _times;

    public string Identity => "tapes";

    public string Description => "tapes of a test";

    public Interval Interval => interval;

    public IReadOnlyList<SymbolRules> Symbols => [.. tapes.Select(tape => tape.Rules).OrderBy(rules => rules.Symbol, StringComparer.Ordinal)];

    public int Steps => _steps.Count;

    private DateTime[] Times => _times ??= [.. _steps.Keys];

    public ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        var index = Array.BinarySearch(Times, time);
        index = index < 0 ? ~index : index + 1;
        return ValueTask.FromResult(index < Times.Length ? new MarketStep(Times[index], _steps[Times[index]]) : null);
    }

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation)
    {
        var candles = tapes.Single(tape => string.Equals(tape.Rules.Symbol, symbol, StringComparison.Ordinal)).Candles.ToArray();
        return ValueTask.FromResult<IReadOnlyList<Candle>>(
            [.. candles.SkipWhile(candle => interval.CloseOf(candle.OpenTime) <= after).TakeWhile(candle => interval.CloseOf(candle.OpenTime) <= upTo).Take(most)]);
    }

    public bool HasEnded(DateTime time) => Times.Length == 0 || time >= Times[^1];

    private static SortedDictionary<DateTime, ImmutableArray<SymbolBar>> StepsOf(Interval interval, IReadOnlyList<SymbolTape> tapes)
    {
        var steps = new SortedDictionary<DateTime, ImmutableArray<SymbolBar>>();
        foreach (var tape in tapes.OrderBy(tape => tape.Rules.Symbol, StringComparer.Ordinal))
        {
            foreach (var candle in tape.Candles.Span)
            {
                var close = interval.CloseOf(candle.OpenTime);
                steps[close] = steps.GetValueOrDefault(close, []).Add(new SymbolBar(tape.Rules.Symbol, candle));
            }
        }

        return steps;
    }
}
