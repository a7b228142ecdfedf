using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>The positions that would stand or fall with a symbol: those whose returns move with its own, and those that move with them.</summary>
internal static class PositionCluster
{
    /// <summary>Stands for an exposure that nobody knows.</summary>
    public const decimal Unknown = -1;

    /// <summary>
    /// What is in the symbol and in all that moves with it, quote currency; <see cref="Unknown"/> when something else is owned and nobody
    /// knows whether any of it does. A pair of which that is not known counts as apart.
    /// </summary>
    /// <param name="time">Close of the step, UTC.</param>
    public static decimal ExposureWith(AccountState state, CloseTable? closes, int slot, DateTime time, RiskLimits limits)
    {
        var positions = CollectionsMarshal.AsSpan(state.Positions);
        // An entry that is refused or approved is rare beside the bars, and an account has some dozens of symbols at the most.
        var isIn = new bool[positions.Length];
        var reached = new int[positions.Length];
        var (others, known) = (0, 0);
        var exposure = ExposureOf(state, positions[slot]);
        isIn[slot] = true;
        reached[0] = slot;
        for (var (next, count) = (0, 1); next < count; next++)
        {
            for (var other = 0; other < positions.Length; other++)
            {
                if (isIn[other]) continue;
                var amount = ExposureOf(state, positions[other]);
                if (!Exact.IsPositive(amount)) continue;
                var correlation = closes?.Correlation(reached[next], other, time, limits.CorrelationBars) ?? double.NaN;
                if (next == 0)
                {
                    others++;
                    if (!double.IsNaN(correlation)) known++;
                }

                if (!(correlation >= (double)limits.ClusterCorrelation)) continue;
                isIn[other] = true;
                reached[count++] = other;
                exposure += amount;
            }
        }

        return others > 0 && known == 0 ? Unknown : exposure;
    }

    /// <summary>What is owned of a symbol at the latest close, dust included, and what its entry holds back.</summary>
    private static decimal ExposureOf(AccountState state, Position position)
    {
        var exposure = position.Value;
        if (position.EntryOrderId == 0) return exposure;
        var index = Ledger.IndexOfOrder(state, position.EntryOrderId);
        return index < 0 ? exposure : exposure + CollectionsMarshal.AsSpan(state.Orders)[index].Reserved;
    }
}
