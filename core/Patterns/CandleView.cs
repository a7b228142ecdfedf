namespace OrleansTrader.Core.Patterns;

/// <summary>
/// The latest candles as a pattern sees them: how each compares with those before it, by TA-Lib's default settings. Candles
/// are counted back from the latest, which is 0; an average is over the candles before the one that is asked about.
/// </summary>
/// <param name="History">The candles and the sums.</param>
/// <param name="FirstBar">The number of candles before the first bar at which the pattern can be told.</param>
/// <param name="BarsAgo">How many of the latest candles are left out of sight.</param>
internal readonly record struct CandleView(CandleHistory History, int FirstBar, int BarsAgo = 0)
{
    public CandleShape this[int back] => History[BarsAgo + back];

    /// <summary>The view that a pattern had so many bars ago.</summary>
    public CandleView Ago(int bars) => this with { BarsAgo = BarsAgo + bars };

    /// <summary>TA-Lib's BodyLong: the body is longer than the average of ten. Also "not short", for BodyShort is the same average.</summary>
    public bool IsLong(int back) => this[back].Body > AverageBody(back);

    /// <summary>TA-Lib's BodyShort.</summary>
    public bool IsShort(int back) => this[back].Body < AverageBody(back);

    /// <summary>TA-Lib's BodyShort where a pattern takes the average itself for short.</summary>
    public bool IsNotLong(int back) => this[back].Body <= AverageBody(back);

    /// <summary>TA-Lib's BodyDoji: the body is at most a tenth of the average range of ten.</summary>
    public bool IsDoji(int back) => this[back].Body <= DojiBody(back);

    /// <summary>The longest body of a doji, in quote currency.</summary>
    public double DojiBody(int back) => 0.1 * AverageRange(back);

    /// <summary>TA-Lib's ShadowShort: less than half of the average length of both shadows of ten.</summary>
    public bool HasShortUpperShadow(int back) => this[back].UpperShadow < ShortShadow(back);

    public bool HasShortLowerShadow(int back) => this[back].LowerShadow < ShortShadow(back);

    /// <summary>Longer than TA-Lib's ShadowShort.</summary>
    public bool HasSomeUpperShadow(int back) => this[back].UpperShadow > ShortShadow(back);

    /// <summary>TA-Lib's ShadowVeryShort: less than a tenth of the average range of ten.</summary>
    public bool HasNoUpperShadow(int back) => this[back].UpperShadow < VeryShortShadow(back);

    public bool HasNoLowerShadow(int back) => this[back].LowerShadow < VeryShortShadow(back);

    /// <summary>Longer than TA-Lib's ShadowVeryShort.</summary>
    public bool HasUpperShadow(int back) => this[back].UpperShadow > VeryShortShadow(back);

    public bool HasLowerShadow(int back) => this[back].LowerShadow > VeryShortShadow(back);

    /// <summary>TA-Lib's marubozu: a long body without shadows.</summary>
    public bool IsMarubozu(int back) => IsLong(back) && HasNoUpperShadow(back) && HasNoLowerShadow(back);

    /// <summary>TA-Lib's Near: a fifth of the average range of five, in quote currency.</summary>
    public double Near(int back) => 0.2 * AverageRangeOf5(back);

    /// <summary>TA-Lib's Far: three fifths of the average range of five, in quote currency.</summary>
    public double Far(int back) => 0.6 * AverageRangeOf5(back);

    /// <summary>TA-Lib's Equal: the price is within a twentieth of the average range of five of the other, whose candle it is.</summary>
    public bool IsEqual(double price, double other, int back) => price <= other + Equal(back) && price >= other - Equal(back);

    public double Equal(int back) => 0.05 * AverageRangeOf5(back);

    private double ShortShadow(int back) => Sum(SumKind.ShadowsOf10, 10, back) / 10 / 2;

    private double VeryShortShadow(int back) => 0.1 * AverageRange(back);

    private double AverageBody(int back) => Sum(SumKind.BodiesOf10, 10, back) / 10;

    private double AverageRange(int back) => Sum(SumKind.RangesOf10, 10, back) / 10;

    private double AverageRangeOf5(int back) => Sum(SumKind.RangesOf5, 5, back) / 5;

    private double Sum(SumKind kind, int period, int back) => History.SumBefore(BarsAgo + back, kind, FirstBar - back - period);
}
