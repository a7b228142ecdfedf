using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>What the candle files of a symbol and interval cover.</summary>
/// <param name="Files">How many there are, empty ones included.</param>
/// <param name="EmptyFiles">Those without a row.</param>
/// <param name="Candles">Sound ones, each open time once.</param>
/// <param name="First">The first open time, UTC; null where all files are empty.</param>
/// <param name="End">When the last candle closes, UTC; null where all files are empty.</param>
/// <param name="Missing">Bars that are missing between the first and the last.</param>
/// <param name="LongestGap">From one candle's close to the next one's open; zero without a gap.</param>
/// <param name="GapFrom">When the longest gap begins, UTC; null without one.</param>
/// <param name="Problems">What was skipped, dropped or sorted, one sentence each.</param>
public sealed record CandleCoverage(string Symbol, Interval Interval, int Files, int EmptyFiles, int Candles, DateTime? First, DateTime? End, long Missing, TimeSpan LongestGap, DateTime? GapFrom, IReadOnlyList<string> Problems)
{
    /// <summary>Reads those of the files that the memory does not know.</summary>
    /// <exception cref="CandleFileException">One cannot be used.</exception>
    /// <exception cref="MarketFeedException">There is none.</exception>
    public static CandleCoverage Of(CandleFolder folder, string symbol, Interval interval, CandleFileMemory memory, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var all = folder.FilesOf(symbol, interval);
        List<string> files = [.. all.Where(file => !CandleFile.IsEmpty(file))];
        if (files.Count == 0) return new(symbol, interval, all.Count, all.Count, Candles: 0, First: null, End: null, Missing: 0, TimeSpan.Zero, GapFrom: null, Problems: []);
        var found = SymbolFiles.Read(files, interval, BadRowPolicy.Skip, memory, isNeeded: _ => false, cancellation);
        List<string> problems = [.. found.Contents.SelectMany(content => content.Warnings)];
        var gaps = new CandleGaps(interval);
        if (found.Facts is { } facts)
        {
            for (var i = 0; i < facts.Count; i++)
            {
                if (i > 0) gaps.AddBetween(facts[i - 1].LastOpen, facts[i].FirstOpen);
                gaps.AddWithin(facts[i]);
            }

            return Of(facts.Sum(file => file.Candles), facts[0].FirstOpen, facts[^1].LastOpen);
        }

        var candles = CandleOrder.Ensure([.. found.Contents.SelectMany(content => content.Candles)], out var duplicates, out _);
        if (duplicates > 0) problems.Add($"{symbol}: {Counted.Of(duplicates, "candle is", "candles are")} in more than one file");
        for (var i = 1; i < candles.Length; i++) gaps.AddBetween(candles[i - 1].OpenTime, candles[i].OpenTime);
        return Of(candles.Length, candles[0].OpenTime, candles[^1].OpenTime);

        CandleCoverage Of(int count, DateTime first, DateTime last) =>
            new(symbol, interval, all.Count, all.Count - files.Count, count, first, interval.CloseOf(last), gaps.Missing, gaps.Longest, gaps.From, problems);
    }
}
