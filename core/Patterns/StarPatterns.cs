namespace OrleansTrader.Core.Patterns;

/// <summary>A long candle, a star that gaps away from it, and a candle that comes back into its body.</summary>
internal static class StarPatterns
{
    /// <summary>How deep the third candle closes in the body of the first, as a share of it.</summary>
    private const double Penetration = 0.3;

    public static int MorningStar(in CandleView c) => c.IsNotLong(1) && TurnsUp(in c) ? 100 : 0;

    public static int MorningDojiStar(in CandleView c) => c.IsDoji(1) && TurnsUp(in c) ? 100 : 0;

    public static int EveningStar(in CandleView c) => c.IsNotLong(1) && TurnsDown(in c) ? -100 : 0;

    public static int EveningDojiStar(in CandleView c) => c.IsDoji(1) && TurnsDown(in c) ? -100 : 0;

    /// <summary>A doji with gaps on both sides, shadows included.</summary>
    public static int AbandonedBaby(in CandleView c)
    {
        if (!c.IsLong(2) || !c.IsDoji(1) || !c.IsLong(0)) return 0;
        var (first, baby, third) = (c[2], c[1], c[0]);
        var isUpward = first.IsBlack && third.IsWhite && third.Close > first.BackInto(Penetration) && baby.GapsBelow(in first) && third.GapsAbove(in baby);
        var isDownward = first.IsWhite && third.IsBlack && third.Close < first.BackInto(Penetration) && baby.GapsAbove(in first) && third.GapsBelow(in baby);
        return isUpward || isDownward ? third.Colour * 100 : 0;
    }

    private static bool TurnsUp(in CandleView c) =>
        c.IsLong(2) && c[2].IsBlack && c[1].BodyGapsBelow(c[2]) && c.IsLong(0) && c[0].IsWhite && c[0].Close > c[2].BackInto(Penetration);

    private static bool TurnsDown(in CandleView c) =>
        c.IsLong(2) && c[2].IsWhite && c[1].BodyGapsAbove(c[2]) && c.IsLong(0) && c[0].IsBlack && c[0].Close < c[2].BackInto(Penetration);
}
