namespace OrleansTrader.Core.Patterns;

/// <summary>Three candles of one colour that walk in one direction.</summary>
internal static class SoldierPatterns
{
    public static int ThreeWhiteSoldiers(in CandleView c)
    {
        if (!WalksUp(in c) || !c.HasNoUpperShadow(2) || !c.HasNoUpperShadow(1) || !c.HasNoUpperShadow(0)) return 0;
        return c[1].Body > c[2].Body - c.Far(2) && c[0].Body > c[1].Body - c.Far(1) && c.IsLong(0) ? 100 : 0;
    }

    /// <summary>Soldiers that tire: ever smaller bodies or longer upper shadows.</summary>
    public static int AdvanceBlock(in CandleView c) =>
        WalksUp(in c) && c.IsLong(2) && c.HasShortUpperShadow(2) && IsBlocked(in c) ? -100 : 0;

    /// <summary>Two long white candles and a small one on the shoulder of the second.</summary>
    public static int StalledPattern(in CandleView c)
    {
        if (!IsRisingWhite(in c) || !StepsUp(in c, 1)) return 0;
        return c.IsLong(2) && c.IsLong(1) && c.HasNoUpperShadow(1) && c.IsShort(0) && c[0].Open >= c[1].Close - c[0].Body - c.Near(1) ? -100 : 0;
    }

    /// <summary>After a white candle three black ones that close at their lows, each opening in the body before.</summary>
    public static int ThreeBlackCrows(in CandleView c) =>
        IsFallingBlack(in c) && c[3].IsWhite && c[3].High > c[2].Close && c[2].BodyHolds(c[1].Open) && c[1].BodyHolds(c[0].Open) ? -100 : 0;

    /// <summary>Crows of which each opens where the one before closed.</summary>
    public static int IdenticalThreeCrows(in CandleView c) =>
        IsFallingBlack(in c) && c.IsEqual(c[1].Open, c[2].Close, 2) && c.IsEqual(c[0].Open, c[1].Close, 1) ? -100 : 0;

    private static bool WalksUp(in CandleView c) => IsRisingWhite(in c) && StepsUp(in c, 1) && StepsUp(in c, 0);

    private static bool IsRisingWhite(in CandleView c) =>
        c[2].IsWhite && c[1].IsWhite && c[0].IsWhite && c[0].Close > c[1].Close && c[1].Close > c[2].Close;

    // Opens above the open of the candle before, in its body or not far above it.
    private static bool StepsUp(in CandleView c, int back) =>
        c[back].Open > c[back + 1].Open && c[back].Open <= c[back + 1].Close + c.Near(back + 1);

    private static bool IsFallingBlack(in CandleView c) =>
        c[2].IsBlack && c[1].IsBlack && c[0].IsBlack && c[2].Close > c[1].Close && c[1].Close > c[0].Close
        && c.HasNoLowerShadow(2) && c.HasNoLowerShadow(1) && c.HasNoLowerShadow(0);

    private static bool IsBlocked(in CandleView c)
    {
        var (first, second, third) = (c[2].Body, c[1].Body, c[0].Body);
        return (second < first - c.Far(2) && third < second + c.Near(1))
            || third < second - c.Far(1)
            || (third < second && second < first && (c.HasSomeUpperShadow(0) || c.HasSomeUpperShadow(1)))
            || (third < second && c[0].HasLongUpperShadow);
    }
}
