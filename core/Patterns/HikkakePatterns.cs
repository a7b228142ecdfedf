namespace OrleansTrader.Core.Patterns;

/// <summary>
/// An inside candle from which the price breaks out the wrong way: 100 where it does, 200 where one of the next three
/// closes confirms that it was a trap; negative when bearish.
/// </summary>
internal static class HikkakePatterns
{
    private const int BarsToConfirm = 3;

    public static int Hikkake(in CandleView c) => FoundOrConfirmed(in c, Breakout);

    /// <summary>Hikkake with a second inside candle, the first of which closes at the end of its range.</summary>
    public static int ModifiedHikkake(in CandleView c) => FoundOrConfirmed(in c, ModifiedBreakout);

    private static int FoundOrConfirmed(in CandleView c, PatternRule breakout)
    {
        var found = breakout(in c);
        if (found != 0) return 100 * found;
        for (var ago = 1; ago <= BarsToConfirm; ago++)
        {
            found = breakout(c.Ago(ago));
            if (found == 0) continue;
            for (var earlier = ago - 1; earlier > 0; earlier--)
            {
                if (Confirms(c.Ago(earlier), found, ago - earlier)) return 0;
            }

            return Confirms(in c, found, ago) ? 200 * found : 0;
        }

        return 0;
    }

    private static int Breakout(in CandleView c) => c[1].IsWhollyWithin(c[2]) ? Direction(in c) : 0;

    private static int ModifiedBreakout(in CandleView c)
    {
        if (!c[2].IsWhollyWithin(c[3]) || !c[1].IsWhollyWithin(c[2])) return 0;
        var direction = Direction(in c);
        var isAtEnd = direction > 0 ? c[2].Close <= c[2].Low + c.Near(2) : c[2].Close >= c[2].High - c.Near(2);
        return isAtEnd ? direction : 0;
    }

    private static int Direction(in CandleView c)
    {
        if (c[0].LiesLowerThan(c[1])) return 1;
        return c[0].LiesHigherThan(c[1]) ? -1 : 0;
    }

    // The close comes back beyond the candle before the breakout.
    private static bool Confirms(in CandleView c, int direction, int breakoutAgo)
    {
        var inside = c[breakoutAgo + 1];
        return direction > 0 ? c[0].Close > inside.High : c[0].Close < inside.Low;
    }
}
