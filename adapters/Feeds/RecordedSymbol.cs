using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>The recorded candles of one symbol, from one file or several.</summary>
internal sealed class RecordedSymbol
{
    private readonly Candle[] _candles;

    // A guess that is always checked: the bar after the one that was found last. Any thread may overwrite it.
    private int _likelyNext;

    private RecordedSymbol(SymbolRules rules, (DateTime First, DateTime Last) recorded, Candle[] candles, ImmutableArray<string> problems)
    {
        Rules = rules;
        Recorded = recorded;
        _candles = candles;
        Problems = problems;
    }

    public SymbolRules Rules { get; }

    /// <summary>The first and last open time that the files have, UTC, whatever range is played.</summary>
    public (DateTime First, DateTime Last) Recorded { get; }

    /// <summary>What was skipped, dropped or sorted, one sentence each.</summary>
    public ImmutableArray<string> Problems { get; }

    public ReadOnlySpan<Candle> Candles => _candles;

    public static RecordedSymbol Load(string symbol, IReadOnlyList<string> files, ReplayOptions options, CandleFileMemory memory, CancellationToken cancellation)
    {
        var found = SymbolFiles.Read(files, options.Interval, options.BadRows, memory, file => IsPlayed(file, options), cancellation);
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var content in found.Contents) problems.AddRange(content.Warnings);
        if (found.Facts is { } facts)
        {
            var known = KnownSymbolRules.For(symbol, facts[0].FirstPrice, facts.Max(file => file.PriceDecimals));
            return new(known, (facts[0].FirstOpen, facts[^1].LastOpen), InRange(Joined(found.Contents), options), problems.ToImmutable());
        }

        var candles = found.Contents[0].Candles;
        if (found.Contents.Count > 1)
        {
            candles = CandleOrder.Ensure([.. found.Contents.SelectMany(content => content.Candles)], out var duplicates, out _);
            if (duplicates > 0) problems.Add($"{symbol}: {Counted.Of(duplicates, "candle is", "candles are")} in more than one file, the first is taken");
        }

        candles = WithoutOverlaps(symbol, candles, options, problems);
        var rules = KnownSymbolRules.For(symbol, candles[0].Open, found.Contents.Max(content => content.PriceDecimals));
        return new(rules, (candles[0].OpenTime, candles[^1].OpenTime), InRange(candles, options), problems.ToImmutable());
    }

    /// <summary>The bars that closed after <paramref name="after"/> and not later than <paramref name="upTo"/>.</summary>
    public ReadOnlySpan<Candle> Between(DateTime after, DateTime upTo, Interval interval)
    {
        var first = FirstOpenAfter(_candles, after, interval);
        var last = FirstOpenAfter(_candles, upTo, interval);
        return first < last ? _candles.AsSpan(first..last) : [];
    }

    public bool TryFind(DateTime openTime, out Candle candle)
    {
        var at = _likelyNext;
        if (at >= _candles.Length || _candles[at].OpenTime != openTime)
            at = FirstFrom(_candles, openTime);
        var found = at < _candles.Length && _candles[at].OpenTime == openTime;
        candle = found ? _candles[at] : default;
        if (found) _likelyNext = at + 1;
        return found;
    }

    /// <summary>Whether at least one bar of a file may be played.</summary>
    private static bool IsPlayed(CandleFileFacts file, ReplayOptions options) =>
        !(options.Interval.CloseOf(file.LastOpen) <= options.From) && !(options.Interval.CloseOf(file.FirstOpen) > options.To);

    private static Candle[] Joined(IReadOnlyList<CandleFileContent> apart) =>
        apart.Count == 1 ? apart[0].Candles : [.. apart.OrderBy(content => content.Candles[0].OpenTime).SelectMany(content => content.Candles)];

    private static Candle[] InRange(Candle[] candles, ReplayOptions options)
    {
        var first = options.From is { } from ? FirstOpenAfter(candles, from, options.Interval) : 0;
        var last = options.To is { } to ? FirstOpenAfter(candles, to, options.Interval) : candles.Length;
        return first == 0 && last == candles.Length ? candles : first < last ? candles[first..last] : [];
    }

    private static Candle[] WithoutOverlaps(string symbol, Candle[] candles, ReplayOptions options, ImmutableArray<string>.Builder problems)
    {
        var count = 1;
        var kept = candles;
        var firstDropped = default(DateTime);
        for (var i = 1; i < candles.Length; i++)
        {
            if (candles[i].OpenTime >= options.Interval.CloseOf(kept[count - 1].OpenTime))
            {
                kept[count++] = candles[i];
                continue;
            }

            if (firstDropped == default) firstDropped = candles[i].OpenTime;
        }

        var dropped = candles.Length - count;
        if (dropped == 0) return candles;
        var problem = string.Create(CultureInfo.InvariantCulture, $"{symbol}: {Counted.Of(dropped, "candle opens before the one before it", "candles open before the one before them")} has closed after {options.Interval}, the first at {firstDropped:yyyy-MM-dd HH:mm:ss}");
        if (dropped > candles.Length / 2) throw new MarketFeedException(problem + "; the files hold another interval than their names say.");
        if (options.BadRows == BadRowPolicy.Stop) throw new MarketFeedException(problem + ".");
        problems.Add(problem + "; dropped");
        return kept[..count];
    }

    private static int FirstOpenAfter(Candle[] candles, DateTime close, Interval interval) =>
        close < DateTime.MinValue + interval.Length ? 0 : FirstFrom(candles, (close - interval.Length).AddTicks(1));

    /// <summary>The index of the first candle that opens at <paramref name="openTime"/> or later.</summary>
    private static int FirstFrom(Candle[] candles, DateTime openTime)
    {
        var (low, high) = (0, candles.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (candles[middle].OpenTime < openTime) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
