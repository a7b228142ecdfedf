using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>What the candle files of a symbol and interval cover.</summary>
/// <param name="Files">How many there are.</param>
/// <param name="Candles">Sound ones, each open time once.</param>
/// <param name="First">The first open time, UTC.</param>
/// <param name="End">When the last candle closes, UTC.</param>
/// <param name="Missing">Bars that are missing between the first and the last.</param>
/// <param name="LongestGap">From one candle's close to the next one's open; zero without a gap.</param>
/// <param name="GapFrom">When the longest gap begins, UTC; null without one.</param>
/// <param name="Problems">What was skipped, dropped or sorted, one sentence each.</param>
public sealed record CandleCoverage(string Symbol, Interval Interval, int Files, int Candles, DateTime First, DateTime End, long Missing, TimeSpan LongestGap, DateTime? GapFrom, IReadOnlyList<string> Problems)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="CandleFileException">One cannot be used.</exception>
    /// <exception cref="MarketFeedException">There is none.</exception>
    public static CandleCoverage Of(CandleFolder folder, string symbol, Interval interval, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var files = folder.FilesOf(symbol, interval);
        var (candles, problems) = (new List<Candle>(), new List<string>());
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var content = CandleFile.Read(file);
            candles.AddRange(content.Candles);
            problems.AddRange(content.Warnings);
        }

        var ordered = CandleOrder.Ensure(candles, out var duplicates, out _);
        if (duplicates > 0) problems.Add($"{symbol}: {duplicates} candles are in more than one file");
        var (missing, longest, gapFrom) = (0L, TimeSpan.Zero, (DateTime?)null);
        for (var i = 1; i < ordered.Length; i++)
        {
            var close = interval.CloseOf(ordered[i - 1].OpenTime);
            var gap = ordered[i].OpenTime - close;
            if (gap <= TimeSpan.Zero) continue;
            missing += gap.Ticks / interval.Length.Ticks;
            if (gap > longest) (longest, gapFrom) = (gap, close);
        }

        return new CandleCoverage(symbol, interval, files.Count, ordered.Length, ordered[0].OpenTime, interval.CloseOf(ordered[^1].OpenTime), missing, longest, gapFrom, problems);
    }
}
