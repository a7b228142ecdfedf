namespace OrleansTrader.Core.Patterns;

/// <summary>Patterns of a candle and its answer.</summary>
internal static class TwoCandlePatterns
{
    /// <summary>A body that covers the whole of the other colour's before it; 80 where they share an end.</summary>
    public static int Engulfing(in CandleView c)
    {
        var (before, latest) = (c[1], c[0]);
        if (latest.Colour == before.Colour || !before.BodyFitsInto(in latest)) return 0;
        // Bodies that share both ends are of one size, and neither engulfs the other.
        if (latest.Top == before.Top && latest.Bottom == before.Bottom) return 0;
        return latest.Colour * (before.BodyIsWithin(in latest) ? 100 : 80);
    }

    /// <summary>A short body inside a long one; 80 where they share an end.</summary>
    public static int Harami(in CandleView c) => c.IsLong(1) && c.IsNotLong(0) ? Within(in c) : 0;

    public static int HaramiCross(in CandleView c) => c.IsLong(1) && c.IsDoji(0) ? Within(in c) : 0;

    /// <summary>A harami of two black candles.</summary>
    public static int HomingPigeon(in CandleView c)
    {
        var (before, latest) = (c[1], c[0]);
        return before.IsBlack && latest.IsBlack && c.IsLong(1) && c.IsNotLong(0) && latest.Open < before.Open && latest.Close > before.Close ? 100 : 0;
    }

    /// <summary>White that opens below the low and closes above the middle of a long black body.</summary>
    public static int Piercing(in CandleView c)
    {
        var (before, latest) = (c[1], c[0]);
        return OpensBelowLongBlack(in c) && c.IsLong(0) && latest.Close < before.Open && latest.Close > before.BackInto(0.5) ? 100 : 0;
    }

    /// <summary>Black that opens above the high and closes below the middle of a long white body.</summary>
    public static int DarkCloudCover(in CandleView c)
    {
        var (before, latest) = (c[1], c[0]);
        return before.IsWhite && c.IsLong(1) && latest.IsBlack && latest.Open > before.High
            && latest.Close > before.Open && latest.Close < before.BackInto(0.5)
            ? -100
            : 0;
    }

    /// <summary>White that comes back from below only to the low of a long black candle.</summary>
    public static int OnNeck(in CandleView c) => OpensBelowLongBlack(in c) && c.IsEqual(c[0].Close, c[1].Low, 1) ? -100 : 0;

    /// <summary>White that comes back from below only to the close of a long black candle.</summary>
    public static int InNeck(in CandleView c) =>
        OpensBelowLongBlack(in c) && c[0].Close <= c[1].Close + c.Equal(1) && c[0].Close >= c[1].Close ? -100 : 0;

    /// <summary>White that comes back from below into a long black body, but not beyond its middle.</summary>
    public static int Thrusting(in CandleView c) =>
        OpensBelowLongBlack(in c) && c[0].Close > c[1].Close + c.Equal(1) && c[0].Close <= c[1].BackInto(0.5) ? -100 : 0;

    /// <summary>Two long candles of opposite colour with the same close.</summary>
    public static int Counterattack(in CandleView c) =>
        AreOpposite(in c) && c.IsLong(1) && c.IsLong(0) && c.IsEqual(c[0].Close, c[1].Close, 1) ? c[0].Colour * 100 : 0;

    /// <summary>A belt hold that opens where the candle of the other colour opened.</summary>
    public static int SeparatingLines(in CandleView c) =>
        AreOpposite(in c) && c.IsEqual(c[0].Open, c[1].Open, 1) && c.IsLong(0) && SingleCandlePatterns.OpensAtTheEnd(in c) ? c[0].Colour * 100 : 0;

    /// <summary>Two black candles with the same close.</summary>
    public static int MatchingLow(in CandleView c) => c[1].IsBlack && c[0].IsBlack && c.IsEqual(c[0].Close, c[1].Close, 1) ? 100 : 0;

    /// <summary>Two marubozus of opposite colour with a gap between them.</summary>
    public static int Kicking(in CandleView c) => Kicks(in c) ? c[0].Colour * 100 : 0;

    /// <summary>The same, in the direction of the longer one.</summary>
    public static int KickingByLength(in CandleView c) => Kicks(in c) ? c[c[0].Body > c[1].Body ? 0 : 1].Colour * 100 : 0;

    private static bool AreOpposite(in CandleView c) => c[1].Colour != c[0].Colour;

    private static bool OpensBelowLongBlack(in CandleView c) => c[1].IsBlack && c.IsLong(1) && c[0].IsWhite && c[0].Open < c[1].Low;

    private static bool Kicks(in CandleView c) =>
        AreOpposite(in c) && c.IsMarubozu(1) && c.IsMarubozu(0) && (c[1].IsBlack ? c[0].GapsAbove(c[1]) : c[0].GapsBelow(c[1]));

    private static int Within(in CandleView c)
    {
        var (before, latest) = (c[1], c[0]);
        if (latest.BodyIsWithin(in before)) return -before.Colour * 100;
        return latest.BodyFitsInto(in before) ? -before.Colour * 80 : 0;
    }
}
