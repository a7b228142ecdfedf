namespace OrleansTrader.Core.Patterns;

/// <summary>Patterns of four and five candles.</summary>
internal static class LongPatterns
{
    /// <summary>Three candles of one colour and a fourth that takes all of them back.</summary>
    public static int ThreeLineStrike(in CandleView c)
    {
        var (first, second, third, strike) = (c[3], c[2], c[1], c[0]);
        if (first.Colour != second.Colour || second.Colour != third.Colour || strike.Colour == third.Colour) return 0;
        if (!OpensByBody(in c, 2) || !OpensByBody(in c, 1)) return 0;
        var isStruck = third.IsWhite
            ? third.Close > second.Close && second.Close > first.Close && strike.Open > third.Close && strike.Close < first.Open
            : third.Close < second.Close && second.Close < first.Close && strike.Open < third.Close && strike.Close > first.Open;
        return isStruck ? third.Colour * 100 : 0;
    }

    /// <summary>Two black marubozus, a black candle that gaps down but reaches back, and one that engulfs it.</summary>
    public static int ConcealingBabySwallow(in CandleView c)
    {
        if (!c[3].IsBlack || !c[2].IsBlack || !c[1].IsBlack || !c[0].IsBlack) return 0;
        return c.HasNoLowerShadow(3) && c.HasNoUpperShadow(3) && c.HasNoLowerShadow(2) && c.HasNoUpperShadow(2)
            && c[1].BodyGapsBelow(c[2]) && c.HasUpperShadow(1) && c[1].High > c[2].Close && c[1].IsWhollyWithin(c[0])
            ? 100
            : 0;
    }

    /// <summary>Three falling black candles, a fourth with an upper shadow, and a white one that closes above it.</summary>
    public static int LadderBottom(in CandleView c) =>
        c[4].IsBlack && c[3].IsBlack && c[2].IsBlack && c[1].IsBlack && c[0].IsWhite
        && c[4].Open > c[3].Open && c[3].Open > c[2].Open && c[4].Close > c[3].Close && c[3].Close > c[2].Close
        && c.HasUpperShadow(1) && c[0].Open > c[1].Open && c[0].Close > c[1].High
            ? 100
            : 0;

    /// <summary>A gap in the direction of a long candle, two steps farther, and a candle that closes back inside the gap.</summary>
    public static int Breakaway(in CandleView c)
    {
        var (first, second, latest) = (c[4], c[3], c[0]);
        if (!c.IsLong(4) || first.Colour != second.Colour || second.Colour != c[1].Colour || latest.Colour == first.Colour) return 0;
        var breaksAway = first.IsBlack
            ? second.BodyGapsBelow(in first) && c[2].LiesLowerThan(in second) && c[1].LiesLowerThan(c[2]) && latest.Close > second.Open && latest.Close < first.Close
            : second.BodyGapsAbove(in first) && c[2].LiesHigherThan(in second) && c[1].LiesHigherThan(c[2]) && latest.Close < second.Open && latest.Close > first.Close;
        return breaksAway ? latest.Colour * 100 : 0;
    }

    /// <summary>A long white candle, three small ones that fall above its middle, and a white one that closes above them all.</summary>
    public static int MatHold(in CandleView c)
    {
        var (first, second, latest) = (c[4], c[3], c[0]);
        if (!first.IsWhite || !second.IsBlack || !latest.IsWhite || !c.IsLong(4) || !c.IsShort(3) || !c.IsShort(2) || !c.IsShort(1)) return 0;
        var middle = first.BackInto(0.5);
        return second.BodyGapsAbove(in first)
            && c[2].Bottom < first.Close && c[1].Bottom < first.Close && c[2].Bottom > middle && c[1].Bottom > middle
            && c[2].Top < second.Open && c[1].Top < c[2].Top
            && latest.Open > c[1].Close && latest.Close > Math.Max(Math.Max(second.High, c[2].High), c[1].High)
            ? 100
            : 0;
    }

    /// <summary>A long candle, three small ones that go back inside its range, and a long one that goes on.</summary>
    public static int RisingOrFallingThreeMethods(in CandleView c)
    {
        var (first, latest) = (c[4], c[0]);
        if (!c.IsLong(4) || !c.IsShort(3) || !c.IsShort(2) || !c.IsShort(1) || !c.IsLong(0)) return 0;
        if (first.Colour == c[3].Colour || c[3].Colour != c[2].Colour || c[2].Colour != c[1].Colour || c[1].Colour == latest.Colour) return 0;
        if (!ReachesInto(c[3], in first) || !ReachesInto(c[2], in first) || !ReachesInto(c[1], in first)) return 0;
        var goesOn = first.IsWhite
            ? c[2].Close < c[3].Close && c[1].Close < c[2].Close && latest.Open > c[1].Close && latest.Close > first.Close
            : c[2].Close > c[3].Close && c[1].Close > c[2].Close && latest.Open < c[1].Close && latest.Close < first.Close;
        return goesOn ? first.Colour * 100 : 0;
    }

    private static bool ReachesInto(in CandleShape candle, in CandleShape range) => candle.Bottom < range.High && candle.Top > range.Low;

    private static bool OpensByBody(in CandleView c, int back)
    {
        var (open, before) = (c[back].Open, c[back + 1]);
        return open >= before.Bottom - c.Near(back + 1) && open <= before.Top + c.Near(back + 1);
    }
}
