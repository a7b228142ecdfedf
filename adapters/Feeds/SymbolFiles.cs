using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>The files of one symbol and interval, of which only those are read that are not known, or needed.</summary>
/// <param name="Contents">What was read, in the order of the files.</param>
/// <param name="Facts">Of all files, in time order; null where candles of a file or of several overlap, and then all files were read.</param>
internal sealed record SymbolFiles(IReadOnlyList<CandleFileContent> Contents, IReadOnlyList<CandleFileFacts>? Facts)
{
    /// <exception cref="CandleFileException">A file cannot be used.</exception>
    public static SymbolFiles Read(IReadOnlyList<string> files, Interval interval, BadRowPolicy badRows, CandleFileMemory memory, Func<CandleFileFacts, bool> isNeeded, CancellationToken cancellation)
    {
        var contents = new CandleFileContent?[files.Count];
        var facts = new CandleFileFacts?[files.Count];
        for (var i = 0; i < files.Count; i++)
        {
            var mark = memory.MarkOf(files[i]);
            facts[i] = memory.Find(files[i], mark);
            if (facts[i] is { } known && !isNeeded(known)) continue;
            cancellation.ThrowIfCancellationRequested();
            contents[i] = CandleFile.Read(files[i], badRows);
            facts[i] = FactsOf(contents[i]!.Candles, contents[i]!.PriceDecimals, interval);
            // What has to be told of a file is told by reading it.
            if (facts[i] is { } found && !contents[i]!.Warnings.Any()) memory.Learn(files[i], mark, found);
        }

        var inOrder = Apart(facts, interval);
        for (var i = 0; inOrder is null && i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            contents[i] ??= CandleFile.Read(files[i], badRows);
        }

        return new([.. contents.OfType<CandleFileContent>()], inOrder);
    }

    /// <summary>In time order; null unless each begins when the one before has closed.</summary>
    private static CandleFileFacts[]? Apart(CandleFileFacts?[] facts, Interval interval)
    {
        if (facts.Contains(null)) return null;
        var ordered = facts.OfType<CandleFileFacts>().OrderBy(file => file.FirstOpen).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].FirstOpen < interval.CloseOf(ordered[i - 1].LastOpen)) return null;
        }

        return ordered;
    }

    /// <summary>Null where a candle opens before the one before it has closed.</summary>
    private static CandleFileFacts? FactsOf(Candle[] candles, int priceDecimals, Interval interval)
    {
        var gaps = new CandleGaps(interval);
        for (var i = 1; i < candles.Length; i++)
        {
            if (candles[i].OpenTime < interval.CloseOf(candles[i - 1].OpenTime)) return null;
            gaps.AddBetween(candles[i - 1].OpenTime, candles[i].OpenTime);
        }

        return new(candles[0].OpenTime, candles[^1].OpenTime, candles[0].Open, candles.Length, priceDecimals, gaps.Missing, gaps.Longest, gaps.From);
    }
}
