namespace OrleansTrader.Core.Market;

/// <summary>One closed bar of a symbol: prices in quote currency, volume in base currency, open time in UTC.</summary>
public readonly record struct Candle(DateTime OpenTime, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>True when every price is finite and positive, the extremes enclose open and close, and volume is not negative.</summary>
    public bool IsSound =>
        double.IsFinite(High) && Low > 0 && High >= Low
        && Open >= Low && Open <= High && Close >= Low && Close <= High
        && double.IsFinite(Volume) && Volume >= 0;
}
