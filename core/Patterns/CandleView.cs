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
    public ref readonly CandleShape this[int back] => ref History[BarsAgo + back];

    /// <summary>The view that a pattern had so many bars ago.</summary>
    public CandleView Ago(int bars) => this with { BarsAgo = BarsAgo + bars };

    /// <summary>TA-Lib's BodyLong: the body is longer than the average of ten. Also "not short", for BodyShort is the same average.</summary>
    public bool IsLong(int back) => Has(Marks(back).Long, back);

    /// <summary>TA-Lib's BodyShort.</summary>
    public bool IsShort(int back) => Has(Marks(back).Short, back);

    /// <summary>TA-Lib's BodyShort where a pattern takes the average itself for short.</summary>
    public bool IsNotLong(int back) => !IsLong(back);

    /// <summary>TA-Lib's BodyDoji: the body is at most a tenth of the average range of ten.</summary>
    public bool IsDoji(int back) => Has(Marks(back).Doji, back);

    /// <summary>The longest body of a doji, in quote currency.</summary>
    public double DojiBody(int back) => 0.1 * (History.SumsBefore(BarsAgo + back).Ranges[BeginningOf(back, CandleSums.Period)] / CandleSums.Period);

    /// <summary>TA-Lib's ShadowShort: less than half of the average length of both shadows of ten.</summary>
    public bool HasShortUpperShadow(int back) => Has(Marks(back).ShortUpperShadow, back);

    public bool HasShortLowerShadow(int back) => Has(Marks(back).ShortLowerShadow, back);

    /// <summary>Longer than TA-Lib's ShadowShort.</summary>
    public bool HasSomeUpperShadow(int back) => Has(Marks(back).SomeUpperShadow, back);

    /// <summary>TA-Lib's ShadowVeryShort: less than a tenth of the average range of ten.</summary>
    public bool HasNoUpperShadow(int back) => Has(Marks(back).NoUpperShadow, back);

    public bool HasNoLowerShadow(int back) => Has(Marks(back).NoLowerShadow, back);

    /// <summary>Longer than TA-Lib's ShadowVeryShort.</summary>
    public bool HasUpperShadow(int back) => Has(Marks(back).UpperShadow, back);

    public bool HasLowerShadow(int back) => Has(Marks(back).LowerShadow, back);

    /// <summary>TA-Lib's marubozu: a long body without shadows.</summary>
    public bool IsMarubozu(int back) => IsLong(back) && HasNoUpperShadow(back) && HasNoLowerShadow(back);

    /// <summary>TA-Lib's Near: a fifth of the average range of five, in quote currency.</summary>
    public double Near(int back) => 0.2 * AverageRangeOf5(back);

    /// <summary>TA-Lib's Far: three fifths of the average range of five, in quote currency.</summary>
    public double Far(int back) => 0.6 * AverageRangeOf5(back);

    /// <summary>TA-Lib's Equal: the price is within a twentieth of the average range of five of the other, whose candle it is.</summary>
    public bool IsEqual(double price, double other, int back)
    {
        var equal = Equal(back);
        return price <= other + equal && price >= other - equal;
    }

    public double Equal(int back) => 0.05 * AverageRangeOf5(back);

    private double AverageRangeOf5(int back) =>
        History.SumsBefore(BarsAgo + back).ShortRanges[BeginningOf(back, CandleSums.ShortPeriod)] / CandleSums.ShortPeriod;

    private ref readonly CandleMarks Marks(int back) => ref History.MarksOf(BarsAgo + back);

    private bool Has(byte mark, int back) => ((mark >> BeginningOf(back, CandleSums.Period)) & 1) != 0;

    private int BeginningOf(int back, int period) => FirstBar - back - period;
}
