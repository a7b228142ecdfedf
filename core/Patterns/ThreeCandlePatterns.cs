namespace OrleansTrader.Core.Patterns;

/// <summary>Patterns of three candles that are neither stars nor soldiers.</summary>
internal static class ThreeCandlePatterns
{
    /// <summary>A harami whose third candle closes beyond the open of the first.</summary>
    public static int ThreeInside(in CandleView c)
    {
        if (!c.IsLong(2) || !c.IsNotLong(1)) return 0;
        var (first, second, third) = (c[2], c[1], c[0]);
        if (!second.BodyIsWithin(in first) || third.Colour == first.Colour) return 0;
        return (first.IsWhite ? third.Close < first.Open : third.Close > first.Open) ? -first.Colour * 100 : 0;
    }

    /// <summary>An engulfing whose third candle closes farther on.</summary>
    public static int ThreeOutside(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        if (first.Colour == second.Colour || !first.BodyIsWithin(in second)) return 0;
        return (second.IsWhite ? third.Close > second.Close : third.Close < second.Close) ? second.Colour * 100 : 0;
    }

    /// <summary>Ever smaller black candles at ever higher lows.</summary>
    public static int ThreeStarsInTheSouth(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        if (!first.IsBlack || !second.IsBlack || !third.IsBlack || !c.IsLong(2) || !first.HasLongLowerShadow) return 0;
        return second.Body < first.Body && second.Open > first.Close && second.Open <= first.High
            && second.Low < first.Close && second.Low >= first.Low && c.HasLowerShadow(1)
            && c.IsShort(0) && c.HasNoLowerShadow(0) && c.HasNoUpperShadow(0) && third.IsWhollyWithin(in second)
            ? 100
            : 0;
    }

    /// <summary>After a gap up two black candles, of which the second falls into the body of the first white one.</summary>
    public static int TwoCrows(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        return first.IsWhite && c.IsLong(2) && second.IsBlack && second.BodyGapsAbove(in first)
            && third.IsBlack && second.BodyHolds(third.Open) && first.BodyHolds(third.Close)
            ? -100
            : 0;
    }

    /// <summary>After a gap up two black candles, of which the second engulfs the first and leaves the gap open.</summary>
    public static int UpsideGapTwoCrows(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        return first.IsWhite && c.IsLong(2) && second.IsBlack && c.IsNotLong(1) && second.BodyGapsAbove(in first)
            && third.IsBlack && third.Open > second.Open && third.Close < second.Close && third.Close > first.Close
            ? -100
            : 0;
    }

    /// <summary>A black harami with a lower low, then a short white candle above that low.</summary>
    public static int UniqueThreeRiver(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        return c.IsLong(2) && first.IsBlack && second.IsBlack && second.Close > first.Close && second.Open <= first.Open
            && second.Low < first.Low && c.IsShort(0) && third.IsWhite && third.Open > second.Low
            ? 100
            : 0;
    }

    /// <summary>A white candle between two black ones with the same close.</summary>
    public static int StickSandwich(in CandleView c) =>
        c[2].IsBlack && c[1].IsWhite && c[0].IsBlack && c[1].Low > c[2].Close && c.IsEqual(c[0].Close, c[2].Close, 2) ? 100 : 0;
}
