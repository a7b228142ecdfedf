using System.Runtime.Intrinsics;

namespace OrleansTrader.Core.Patterns;

/// <summary>How a candle compares with the averages of the candles before it: a bit for each bar at which the sums may have begun.</summary>
/// <param name="Long">The body is longer than the average body.</param>
/// <param name="Short">The body is shorter than the average body.</param>
/// <param name="Doji">The body is at most a tenth of the average range.</param>
/// <param name="UpperShadow">The upper shadow is longer than a tenth of the average range.</param>
/// <param name="NoUpperShadow">It is shorter.</param>
/// <param name="LowerShadow">The lower shadow is longer than a tenth of the average range.</param>
/// <param name="NoLowerShadow">It is shorter.</param>
/// <param name="SomeUpperShadow">The upper shadow is longer than half of the average length of both shadows.</param>
/// <param name="ShortUpperShadow">It is shorter.</param>
/// <param name="ShortLowerShadow">The lower shadow is shorter than half of the average length of both shadows.</param>
internal readonly record struct CandleMarks(
    byte Long,
    byte Short,
    byte Doji,
    byte UpperShadow,
    byte NoUpperShadow,
    byte LowerShadow,
    byte NoLowerShadow,
    byte SomeUpperShadow,
    byte ShortUpperShadow,
    byte ShortLowerShadow)
{
    /// <summary>Written as TA-Lib rounds it, for a body that equals the average is common.</summary>
    public static CandleMarks Of(in CandleShape candle, in CandleSums before)
    {
        var body = Vector512.Create(candle.Body);
        var upper = Vector512.Create(candle.UpperShadow);
        var lower = Vector512.Create(candle.LowerShadow);
        var averageBody = before.Bodies / CandleSums.Period;
        var tenthOfRange = before.Ranges / CandleSums.Period * 0.1;
        var halfOfShadows = before.Shadows / CandleSums.Period / 2;
        return new CandleMarks(
            Long: Above(body, averageBody),
            Short: Above(averageBody, body),
            Doji: (byte)~Above(body, tenthOfRange),
            UpperShadow: Above(upper, tenthOfRange),
            NoUpperShadow: Above(tenthOfRange, upper),
            LowerShadow: Above(lower, tenthOfRange),
            NoLowerShadow: Above(tenthOfRange, lower),
            SomeUpperShadow: Above(upper, halfOfShadows),
            ShortUpperShadow: Above(halfOfShadows, upper),
            ShortLowerShadow: Above(halfOfShadows, lower));
    }

    private static byte Above(Vector512<double> left, Vector512<double> right) =>
        (byte)Vector512.GreaterThan(left, right).ExtractMostSignificantBits();
}
