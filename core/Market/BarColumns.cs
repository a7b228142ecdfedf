namespace OrleansTrader.Core.Market;

/// <summary>The room in which bars are laid out field by field, to be used again for the next ones.</summary>
public sealed class BarColumns
{
    private static readonly long Largest = BitConverter.DoubleToInt64Bits(double.MaxValue);

    private double[] _highs = new double[1];
    private double[] _lows = new double[1];
    private double[] _closes = new double[1];

    /// <summary>Lays bars out. What it gives lasts until the next call.</summary>
    public Bars Of(ReadOnlySpan<Candle> candles)
    {
        if (_closes.Length < candles.Length) (_highs, _lows, _closes) = (new double[candles.Length], new double[candles.Length], new double[candles.Length]);
        var highs = _highs.AsSpan(0, candles.Length);
        var lows = _lows.AsSpan(0, candles.Length);
        var closes = _closes.AsSpan(0, candles.Length);
        return new Bars(candles, highs, lows, closes, LayOut(candles, highs, lows, closes));
    }

    /// <summary>The same for one bar.</summary>
    public Bars Of(in Candle candle)
    {
        (_highs[0], _lows[0], _closes[0]) = (candle.High, candle.Low, candle.Close);
        return new Bars(new ReadOnlySpan<Candle>(in candle), _highs.AsSpan(0, 1), _lows.AsSpan(0, 1), _closes.AsSpan(0, 1), candle.IsSound);
    }

    /// <summary>Writes the fields of bars into rows of the same length, and tells whether every bar is sound.</summary>
    /// <remarks>
    /// The bits of doubles that are not negative order as the doubles do, so that each condition of <see cref="Candle.IsSound"/> is
    /// the sign of a difference, and one jump at the end is enough. A volume of minus zero is suspected without need.
    /// </remarks>
    internal static bool LayOut(ReadOnlySpan<Candle> candles, Span<double> highs, Span<double> lows, Span<double> closes)
    {
        // Of one length, as the compiler can see.
        highs = highs[..candles.Length];
        lows = lows[..candles.Length];
        closes = closes[..candles.Length];

        // Four, so that none waits for the others.
        var (signs, prices, bodies, sizes) = (0L, 0L, 0L, 0L);
        for (var i = 0; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            (highs[i], lows[i], closes[i]) = (candle.High, candle.Low, candle.Close);
            var (open, close) = (BitConverter.DoubleToInt64Bits(candle.Open), BitConverter.DoubleToInt64Bits(candle.Close));
            var (high, low) = (BitConverter.DoubleToInt64Bits(candle.High), BitConverter.DoubleToInt64Bits(candle.Low));
            var volume = BitConverter.DoubleToInt64Bits(candle.Volume);
            signs |= open | close | volume;
            prices |= high | low | (low - 1);
            bodies |= (open - low) | (high - open) | (close - low);
            sizes |= (high - close) | (Largest - high) | (Largest - volume);
        }

        return (signs | prices | bodies | sizes) >= 0 || AreSound(candles);
    }

    private static bool AreSound(ReadOnlySpan<Candle> candles)
    {
        foreach (ref readonly var candle in candles)
        {
            if (!candle.IsSound) return false;
        }

        return true;
    }
}
