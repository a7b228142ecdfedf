using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns;

/// <summary>The parts of a candle by which patterns are told: its body between open and close, and its shadows beyond it.</summary>
internal readonly record struct CandleShape(double Open, double High, double Low, double Close)
{
    public static CandleShape Of(in Candle candle) => new(candle.Open, candle.High, candle.Low, candle.Close);

    /// <summary>A candle that closes where it opened counts as white, as TA-Lib has it.</summary>
    public bool IsWhite => Close >= Open;

    public bool IsBlack => !IsWhite;

    /// <summary>+1 when white, -1 when black.</summary>
    public int Colour => IsWhite ? 1 : -1;

    public double Body => Math.Abs(Close - Open);

    public double Top => IsWhite ? Close : Open;

    public double Bottom => IsWhite ? Open : Close;

    public double UpperShadow => High - Top;

    public double LowerShadow => Bottom - Low;

    public double Shadows => UpperShadow + LowerShadow;

    public double Range => High - Low;

    /// <summary>The body lies wholly above the other's.</summary>
    public bool BodyGapsAbove(in CandleShape other) => Bottom > other.Top;

    public bool BodyGapsBelow(in CandleShape other) => Top < other.Bottom;

    /// <summary>The body gaps away from the other's in the direction in which that one went.</summary>
    public bool BodyGapsOnFrom(in CandleShape other) => other.IsWhite ? BodyGapsAbove(in other) : BodyGapsBelow(in other);

    /// <summary>The candle with its shadows lies wholly above the other.</summary>
    public bool GapsAbove(in CandleShape other) => Low > other.High;

    public bool GapsBelow(in CandleShape other) => High < other.Low;

    /// <summary>The body lies inside the other's and touches neither end of it.</summary>
    public bool BodyIsWithin(in CandleShape other) => Top < other.Top && Bottom > other.Bottom;

    /// <summary>The body lies inside the other's, of which it may share an end.</summary>
    public bool BodyFitsInto(in CandleShape other) => Top <= other.Top && Bottom >= other.Bottom;

    /// <summary>The price lies inside the body and at neither end of it.</summary>
    public bool BodyHolds(double price) => price > Bottom && price < Top;

    public bool IsWhollyWithin(in CandleShape other) => High < other.High && Low > other.Low;

    public bool LiesHigherThan(in CandleShape other) => High > other.High && Low > other.Low;

    public bool LiesLowerThan(in CandleShape other) => High < other.High && Low < other.Low;

    public bool HasLongUpperShadow => UpperShadow > Body;

    public bool HasLongLowerShadow => LowerShadow > Body;

    public bool HasVeryLongUpperShadow => UpperShadow > 2 * Body;

    public bool HasVeryLongLowerShadow => LowerShadow > 2 * Body;

    /// <summary>A price by which the close has come back into the body, as a share of it from the close.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double BackInto(double share) => IsWhite ? Close - (Body * share) : Close + (Body * share);
}
