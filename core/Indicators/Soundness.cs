using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>Whether bars can be computed with.</summary>
internal static class Soundness
{
    /// <summary>True when every bar is sound.</summary>
    public static bool OfAll(ReadOnlySpan<Candle> candles)
    {
        foreach (ref readonly var candle in candles)
        {
            if (!candle.IsSound) return false;
        }

        return true;
    }
}
