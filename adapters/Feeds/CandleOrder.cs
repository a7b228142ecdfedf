using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Brings candles into time order, the first one of each open time only.</summary>
internal static class CandleOrder
{
    /// <param name="unordered">How many stood after one with a later open time.</param>
    public static Candle[] Ensure(List<Candle> candles, out int duplicates, out int unordered)
    {
        (duplicates, unordered) = (0, 0);
        var latest = DateTime.MinValue;
        foreach (ref readonly var candle in CollectionsMarshal.AsSpan(candles))
        {
            if (candle.OpenTime < latest) unordered++;
            else if (candle.OpenTime == latest) duplicates++;
            else latest = candle.OpenTime;
        }

        if (unordered == 0 && duplicates == 0) return [.. candles];

        // OrderBy is stable: of equal times the first in the file stays first.
        var ordered = candles.OrderBy(candle => candle.OpenTime).ToArray();
        var count = 1;
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].OpenTime != ordered[count - 1].OpenTime) ordered[count++] = ordered[i];
        }

        duplicates = ordered.Length - count;
        return ordered[..count];
    }
}
