namespace OrleansTrader.Core.Patterns;

/// <summary>Three candles about a gap between the bodies of the first two.</summary>
internal static class GapPatterns
{
    /// <summary>A candle of the other colour that reaches into the gap without closing it.</summary>
    public static int TasukiGap(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        if (third.Colour == second.Colour || !second.BodyHolds(third.Open)) return 0;
        var staysInGap = second.IsWhite
            ? second.BodyGapsAbove(in first) && third.Close < second.Open && third.Close > first.Top
            : second.BodyGapsBelow(in first) && third.Close > second.Open && third.Close < first.Bottom;
        return staysInGap && Math.Abs(second.Body - third.Body) < c.Near(1) ? second.Colour * 100 : 0;
    }

    /// <summary>Two white candles side by side beyond the gap.</summary>
    public static int GapSideSideWhite(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        var isAbove = second.BodyGapsAbove(in first) && third.BodyGapsAbove(in first);
        var isBelow = second.BodyGapsBelow(in first) && third.BodyGapsBelow(in first);
        if ((!isAbove && !isBelow) || !second.IsWhite || !third.IsWhite) return 0;
        if (third.Body < second.Body - c.Near(1) || third.Body > second.Body + c.Near(1)) return 0;
        return c.IsEqual(third.Open, second.Open, 1) ? (isAbove ? 100 : -100) : 0;
    }

    /// <summary>A candle of the other colour that closes the gap.</summary>
    public static int SideGapThreeMethods(in CandleView c)
    {
        var (first, second, third) = (c[2], c[1], c[0]);
        return first.Colour == second.Colour && second.Colour != third.Colour && second.BodyHolds(third.Open)
            && first.BodyHolds(third.Close) && second.BodyGapsOnFrom(in first)
            ? first.Colour * 100
            : 0;
    }
}
