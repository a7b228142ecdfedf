namespace OrleansTrader.Core.Patterns;

/// <summary>Patterns that one candle forms, some with a look at where the one before it was.</summary>
internal static class SingleCandlePatterns
{
    public static int Marubozu(in CandleView c) => c.IsMarubozu(0) ? c[0].Colour * 100 : 0;

    /// <summary>A long body that closes at the end of the range.</summary>
    public static int ClosingMarubozu(in CandleView c) =>
        c.IsLong(0) && (c[0].IsWhite ? c.HasNoUpperShadow(0) : c.HasNoLowerShadow(0)) ? c[0].Colour * 100 : 0;

    /// <summary>A long body that opens at the end of the range.</summary>
    public static int BeltHold(in CandleView c) => c.IsLong(0) && OpensAtTheEnd(in c) ? c[0].Colour * 100 : 0;

    public static int LongLine(in CandleView c) =>
        c.IsLong(0) && c.HasShortUpperShadow(0) && c.HasShortLowerShadow(0) ? c[0].Colour * 100 : 0;

    public static int ShortLine(in CandleView c) =>
        c.IsShort(0) && c.HasShortUpperShadow(0) && c.HasShortLowerShadow(0) ? c[0].Colour * 100 : 0;

    public static int SpinningTop(in CandleView c) =>
        c.IsShort(0) && c[0].HasLongUpperShadow && c[0].HasLongLowerShadow ? c[0].Colour * 100 : 0;

    public static int HighWave(in CandleView c) =>
        c.IsShort(0) && c[0].HasVeryLongUpperShadow && c[0].HasVeryLongLowerShadow ? c[0].Colour * 100 : 0;

    /// <summary>A small body on a long lower shadow, near or below the low of the candle before.</summary>
    public static int Hammer(in CandleView c) => HangsOnLowerShadow(in c) && c[0].Bottom <= c[1].Low + c.Near(1) ? 100 : 0;

    /// <summary>The same candle near or above the high of the one before.</summary>
    public static int HangingMan(in CandleView c) => HangsOnLowerShadow(in c) && c[0].Bottom >= c[1].High - c.Near(1) ? -100 : 0;

    /// <summary>A small body under a long upper shadow, gapping below the body before.</summary>
    public static int InvertedHammer(in CandleView c) => HangsUnderUpperShadow(in c) && c[0].BodyGapsBelow(c[1]) ? 100 : 0;

    /// <summary>The same candle gapping above the body before.</summary>
    public static int ShootingStar(in CandleView c) => HangsUnderUpperShadow(in c) && c[0].BodyGapsAbove(c[1]) ? -100 : 0;

    /// <summary>White from the low on, or black from the high on.</summary>
    public static bool OpensAtTheEnd(in CandleView c) => c[0].IsWhite ? c.HasNoLowerShadow(0) : c.HasNoUpperShadow(0);

    private static bool HangsOnLowerShadow(in CandleView c) => c.IsShort(0) && c[0].HasLongLowerShadow && c.HasNoUpperShadow(0);

    private static bool HangsUnderUpperShadow(in CandleView c) => c.IsShort(0) && c[0].HasLongUpperShadow && c.HasNoLowerShadow(0);
}
