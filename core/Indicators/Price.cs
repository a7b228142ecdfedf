using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>Which price of a bar is looked at.</summary>
public enum PriceField
{
    Close,
    Open,
    High,
    Low,
}

/// <summary>Prices of a bar that are taken together, in quote currency.</summary>
internal static class Price
{
    /// <summary>The mean of high, low and close.</summary>
    public static double Typical(in Candle candle) => (candle.High + candle.Low + candle.Close) / 3;

    /// <summary>The middle between high and low.</summary>
    public static double Median(in Candle candle) => (candle.High + candle.Low) / 2;

    public static double Of(PriceField field, in Candle candle) => field switch
    {
        PriceField.Open => candle.Open,
        PriceField.High => candle.High,
        PriceField.Low => candle.Low,
        _ => candle.Close,
    };

    /// <summary>How far the price moved since the last close: Wilder's true range.</summary>
    public static double TrueRange(double high, double low, double lastClose) => double.MaxNative(high, lastClose) - double.MinNative(low, lastClose);

    public static double TrueRange(in Candle candle, double lastClose) => TrueRange(candle.High, candle.Low, lastClose);

    /// <summary>Where the close lies between low (-1) and high (+1); 0 where they are equal. Chaikin's multiplier.</summary>
    public static double CloseLocation(in Candle candle)
    {
        var range = candle.High - candle.Low;
        return range > 0 ? (candle.Close - candle.Low - (candle.High - candle.Close)) / range : 0;
    }
}
