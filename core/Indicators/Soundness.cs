using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>Whether bars can be computed with.</summary>
internal static class Soundness
{
    private static readonly long Largest = BitConverter.DoubleToInt64Bits(double.MaxValue);

    /// <summary>True when every bar is sound.</summary>
    /// <remarks>
    /// The bits of doubles that are not negative order as the doubles do, so that each condition of <see cref="Candle.IsSound"/> is
    /// the sign of a difference, and one jump at the end is enough. A volume of minus zero is suspected without need.
    /// </remarks>
    public static bool OfAll(ReadOnlySpan<Candle> candles)
    {
        // Four, so that none waits for the others.
        var (signs, prices, bodies, sizes) = (0L, 0L, 0L, 0L);
        foreach (ref readonly var candle in candles)
        {
            var (open, close) = (BitConverter.DoubleToInt64Bits(candle.Open), BitConverter.DoubleToInt64Bits(candle.Close));
            var (high, low) = (BitConverter.DoubleToInt64Bits(candle.High), BitConverter.DoubleToInt64Bits(candle.Low));
            var volume = BitConverter.DoubleToInt64Bits(candle.Volume);
            signs |= open | close | volume;
            prices |= high | low | (low - 1);
            bodies |= (open - low) | (high - open) | (close - low);
            sizes |= (high - close) | (Largest - high) | (Largest - volume);
        }

        return (signs | prices | bodies | sizes) >= 0 || OfEach(candles);
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
