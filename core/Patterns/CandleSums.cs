using System.Runtime.Intrinsics;

namespace OrleansTrader.Core.Patterns;

/// <summary>Sums over the candles before one, each once for every bar, 0 to 7, at which it may have begun.</summary>
/// <param name="Bodies">Of ten bodies.</param>
/// <param name="Ranges">Of ten ranges.</param>
/// <param name="Shadows">Of both shadows of ten candles.</param>
/// <param name="ShortRanges">Of five ranges.</param>
internal readonly record struct CandleSums(
    Vector512<double> Bodies,
    Vector512<double> Ranges,
    Vector512<double> Shadows,
    Vector512<double> ShortRanges)
{
    public const int Period = 10;
    public const int ShortPeriod = 5;

    public CandleSums Rolled(Vector512<double> bodies, Vector512<double> ranges, Vector512<double> shadows, Vector512<double> shortRanges) =>
        new(Bodies + bodies, Ranges + ranges, Shadows + shadows, ShortRanges + shortRanges);

    /// <summary>By how much the sums move when one candle enters and another leaves.</summary>
    /// <param name="bar">The number of the bar that enters.</param>
    public static Vector512<double> Change(long bar, int period, double enters, double leaves)
    {
        var change = Vector512.Create(enters - leaves);
        return bar >= Vector512<double>.Count + period ? change : FirstChange(bar, period, enters, change);
    }

    // Nothing leaves a sum before it is full, and nothing enters it before it begins.
    private static Vector512<double> FirstChange(long bar, int period, double enters, Vector512<double> change)
    {
        var age = Vector512.Create((double)bar) - Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        var filling = Vector512.ConditionalSelect(Vector512.LessThan(age, Vector512.Create((double)period)), Vector512.Create(enters), change);
        return Vector512.ConditionalSelect(Vector512.LessThan(age, Vector512<double>.Zero), Vector512<double>.Zero, filling);
    }
}
