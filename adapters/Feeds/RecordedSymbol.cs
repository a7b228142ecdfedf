using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>The recorded candles of one symbol, from one file or several.</summary>
internal sealed class RecordedSymbol
{
    private readonly Candle[] _candles;

    // A guess that is always checked: the bar after the one that was found last. Any thread may overwrite it.
    private int _likelyNext;

    private RecordedSymbol(SymbolRules rules, Candle[] recorded, Candle[] candles, ImmutableArray<string> problems)
    {
        Rules = rules;
        Recorded = (recorded[0].OpenTime, recorded[^1].OpenTime);
        _candles = candles;
        Problems = problems;
    }

    public SymbolRules Rules { get; }

    /// <summary>The first and last open time that the files have, UTC, whatever range is played.</summary>
    public (DateTime First, DateTime Last) Recorded { get; }

    /// <summary>What was skipped, dropped or sorted, one sentence each.</summary>
    public ImmutableArray<string> Problems { get; }

    public ReadOnlySpan<Candle> Candles => _candles;

    public static RecordedSymbol Load(string symbol, IReadOnlyList<string> files, ReplayOptions options, CancellationToken cancellation)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var contents = files.Select(Read).ToArray();
        foreach (var content in contents) problems.AddRange(content.Warnings);

        var candles = contents[0].Candles;
        if (contents.Length > 1)
        {
            candles = CandleOrder.Ensure([.. contents.SelectMany(content => content.Candles)], out var duplicates, out _);
            if (duplicates > 0) problems.Add($"{symbol}: {duplicates} candles are in more than one file, the first is taken");
        }

        candles = WithoutOverlaps(symbol, candles, options, problems);
        var rules = KnownSymbolRules.For(symbol, candles[0].Open, contents.Max(content => content.PriceDecimals));
        return new(rules, candles, InRange(candles, options), problems.ToImmutable());

        CandleFileContent Read(string file)
        {
            cancellation.ThrowIfCancellationRequested();
            return CandleFile.Read(file, options.BadRows);
        }
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
        var problem = string.Create(CultureInfo.InvariantCulture, $"{symbol}: {dropped} candles open before the one before them has closed after {options.Interval}, the first at {firstDropped:yyyy-MM-dd HH:mm:ss}");
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
