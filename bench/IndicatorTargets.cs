using System.Globalization;

namespace OrleansTrader.Bench;

/// <summary>What the indicators must reach beside TA-Lib in the same run.</summary>
internal static class IndicatorTargets
{
    /// <summary>The relative strength index beside TA-Lib's, which guesses at each bar whether the price rose.</summary>
    private const double Rsi = 3;

    /// <summary>The six together in one pass beside the sum of TA-Lib's six over whole arrays.</summary>
    private const double Six = 3;

    private const double Library = 1_500;

    /// <summary>A line for each target that is missed; none when all are reached. NaN, where there is no peer, misses nothing.</summary>
    public static IReadOnlyList<string> Missed(IReadOnlyList<IndicatorSpeed.Duel> duels, double six, double library, double bytesPerBar)
    {
        var missed = new List<string>();
        foreach (var duel in duels)
        {
            var (ratio, wanted) = (duel.Peer.Min() / duel.InBlocks.Min(), duel.Ours is OrleansTrader.Core.Indicators.Momentum.Rsi ? Rsi : 1);
            if (ratio < wanted) Add($"{duel.Name} is {ratio:0.00} times as fast as TA-Lib's; {wanted:0} is wanted");
        }

        if (six < Six) Add($"the six together are {six:0.00} times as fast as TA-Lib's sum; {Six:0} is wanted");
        if (library > Library) Add($"the whole library takes {library:0} ns per bar; {Library:0} is wanted");
        if (bytesPerBar > 0) Add($"{bytesPerBar:0.000} bytes are allocated per bar; 0 are wanted");
        return missed;

        void Add(FormattableString line) => missed.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}
