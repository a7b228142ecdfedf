using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>Whether bars can be computed with.</summary>
internal static class Soundness
{
    private static readonly long Largest = BitConverter.DoubleToInt64Bits(double.MaxValue);

    /// <summary>True when every bar is sound.</summary>
    public static bool OfAll(ReadOnlySpan<Candle> candles)
    {
        long signs = 0;
        foreach (ref readonly var candle in candles) signs |= Signs(in candle);
        return signs >= 0 || OfEach(candles);
    }

    // The bits of doubles that are not negative order as they do, so that each condition of Candle.IsSound is the sign of a
    // difference, and one jump at the end is enough. A volume of minus zero is suspected without need.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Signs(in Candle candle)
    {
        var (open, close) = (BitConverter.DoubleToInt64Bits(candle.Open), BitConverter.DoubleToInt64Bits(candle.Close));
        var (high, low) = (BitConverter.DoubleToInt64Bits(candle.High), BitConverter.DoubleToInt64Bits(candle.Low));
        var volume = BitConverter.DoubleToInt64Bits(candle.Volume);
        return open | close | high | volume | (low - 1) | low
            | (open - low) | (high - open) | (close - low) | (high - close)
            | (Largest - high) | (Largest - volume);
    }

    private static bool OfEach(ReadOnlySpan<Candle> candles)
    {
        foreach (ref readonly var candle in candles)
        {
            if (!candle.IsSound) return false;
        }

        return true;
    }
}
