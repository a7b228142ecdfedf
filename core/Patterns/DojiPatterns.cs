namespace OrleansTrader.Core.Patterns;

/// <summary>Candles that close about where they opened.</summary>
internal static class DojiPatterns
{
    public static int Doji(in CandleView c) => c.IsDoji(0) ? 100 : 0;

    public static int DragonflyDoji(in CandleView c) => c.IsDoji(0) && c.HasNoUpperShadow(0) && c.HasLowerShadow(0) ? 100 : 0;

    public static int GravestoneDoji(in CandleView c) => c.IsDoji(0) && c.HasNoLowerShadow(0) && c.HasUpperShadow(0) ? 100 : 0;

    public static int LongLeggedDoji(in CandleView c) => c.IsDoji(0) && (c[0].HasLongLowerShadow || c[0].HasLongUpperShadow) ? 100 : 0;

    /// <summary>A long-legged doji with its body about the middle of the range.</summary>
    public static int RickshawMan(in CandleView c)
    {
        if (!c.IsDoji(0)) return 0;
        var doji = c[0];
        var middle = doji.Low + (doji.Range / 2);
        return doji.HasLongLowerShadow && doji.HasLongUpperShadow
            && doji.Bottom <= middle + c.Near(0) && doji.Top >= middle - c.Near(0)
            ? 100
            : 0;
    }

    /// <summary>A dragonfly doji with a very long lower shadow.</summary>
    public static int Takuri(in CandleView c) => c.IsDoji(0) && c.HasNoUpperShadow(0) && c[0].HasVeryLongLowerShadow ? 100 : 0;

    /// <summary>A doji that gaps on from a long candle.</summary>
    public static int DojiStar(in CandleView c)
    {
        if (!c.IsLong(1) || !c.IsDoji(0)) return 0;
        var before = c[1];
        return c[0].BodyGapsOnFrom(in before) ? -before.Colour * 100 : 0;
    }

    /// <summary>Three dojis, of which the middle one gaps away and the last comes back.</summary>
    public static int TriStar(in CandleView c)
    {
        var (first, middle, last) = (c[2], c[1], c[0]);
        var longest = c.DojiBody(2);
        if (!(first.Body <= longest && middle.Body <= longest && last.Body <= longest)) return 0;
        if (middle.BodyGapsAbove(in first) && last.Top < middle.Top) return -100;
        return middle.BodyGapsBelow(in first) && last.Bottom > middle.Bottom ? 100 : 0;
    }
}
