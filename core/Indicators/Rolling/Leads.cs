namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>How far a value leads its exponential average; see <see cref="Trend.Ema"/>.</summary>
internal static class Leads
{
    /// <summary>The lead before the average moved to where it is; an average that keeps nothing has none.</summary>
    public static double Of(double value, double average, double kept) => kept > 0 ? (value - average) / kept : 0;
}
