namespace OrleansTrader.Core.Regimes;

/// <summary>How volatile is volatile, or quiet; both must hold.</summary>
/// <param name="Percentile">Of the volatilities noted, 0 to 1.</param>
/// <param name="OfMedian">A multiple of their median, so that in a market that never changes no bar is an exception.</param>
public readonly record struct VolatilityRule(double Percentile, double OfMedian)
{
    internal bool IsPossible => Percentile is >= 0 and <= 1 && OfMedian >= 0 && double.IsFinite(OfMedian);

    internal bool IsAtMost(in VolatilityRule other) => Percentile <= other.Percentile && OfMedian <= other.OfMedian;
}
