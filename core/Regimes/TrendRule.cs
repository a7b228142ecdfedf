namespace OrleansTrader.Core.Regimes;

/// <summary>What makes a trend; all three must hold.</summary>
/// <param name="Slope">At least this slope of the regression line, up or down, in average true ranges per bar.</param>
/// <param name="Strength">At least this average directional index.</param>
/// <param name="Choppiness">At most this choppiness.</param>
public readonly record struct TrendRule(double Slope, double Strength, double Choppiness)
{
    internal bool IsFinite => double.IsFinite(Slope) && double.IsFinite(Strength) && double.IsFinite(Choppiness);

    internal bool IsNoHarderThan(in TrendRule other) => Slope <= other.Slope && Strength <= other.Strength && Choppiness >= other.Choppiness;

    internal bool Holds(double slope, double strength, double choppiness) => slope >= Slope && strength >= Strength && choppiness <= Choppiness;
}
