using System.Globalization;

namespace OrleansTrader.Bench;

/// <summary>What the loop must reach. Speeds are ratios to hand-written loops of the same run, so that they hold on any machine.</summary>
internal static class LoopTargets
{
    /// <summary>The cross through the engine beside the same cross by hand, with its books.</summary>
    private const double CrossToBooks = 0.3;

    // 5 M bars/s where the minimal loop, without books, ran at 85.5 M bars/s.
    private const double TrendToMinimal = 5 / 85.5;

    // 0.5 M bars/s beside the same.
    private const double HybridToMinimal = 0.5 / 85.5;

    // Lists that grow once count as nothing; an object for every hundredth bar would not.
    private const double BytesPerBar = 0.1;

    /// <summary>A line for each target that is missed; none when all are reached.</summary>
    public static IReadOnlyList<string> Missed(double crossToBooks, double trendToMinimal, double hybridToMinimal, double bytesPerBar, bool isEqual)
    {
        var missed = new List<string>();
        if (crossToBooks < CrossToBooks) Add($"sma-cross runs at {crossToBooks:0.000} of the bare loop with books; {CrossToBooks:0.0} is wanted");
        if (trendToMinimal < TrendToMinimal) Add($"trend runs at {trendToMinimal:0.000} of the minimal loop; {TrendToMinimal:0.000} (5 M bars/s beside 85.5 M) is wanted");
        if (hybridToMinimal < HybridToMinimal) Add($"hybrid runs at {hybridToMinimal:0.0000} of the minimal loop; {HybridToMinimal:0.0000} (0.5 M bars/s beside 85.5 M) is wanted");
        if (bytesPerBar >= BytesPerBar) Add($"{bytesPerBar:0.000} bytes are allocated per bar; 0 are wanted");
        if (!isEqual) Add($"sma-cross does not end with the trades and the equity of the independent calculation");
        return missed;

        void Add(FormattableString line) => missed.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}
