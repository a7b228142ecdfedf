namespace OrleansTrader.Core.Regimes;

/// <summary>The thresholds by which a bar's regime is told, as <c>docs/regimes.md</c> explains them.</summary>
/// <remarks>Other thresholds are another version.</remarks>
public sealed record RegimeRules
{
    /// <summary>The rules in use.</summary>
    public static RegimeRules Current { get; } = new();

    public int Version { get; init; } = 1;

    /// <summary>Bars of the average directional index.</summary>
    public int StrengthPeriod { get; init; } = 14;

    /// <summary>Bars of the regression line.</summary>
    public int SlopePeriod { get; init; } = 24;

    /// <summary>Bars of the choppiness index.</summary>
    public int ChoppinessPeriod { get; init; } = 24;

    /// <summary>Bars of the average true range, which taken as a share of the close is the volatility.</summary>
    public int VolatilityPeriod { get; init; } = 10;

    /// <summary>Every so many bars the volatility is noted.</summary>
    public int NoteEvery { get; init; } = 4;

    /// <summary>So many notes are what the volatility is compared with.</summary>
    public int Notes { get; init; } = 250;

    /// <summary>So many notes must have been taken before a regime is told.</summary>
    public int FirstNotes { get; init; } = 25;

    /// <summary>So many bars in a row must speak for another regime before it is told.</summary>
    public int Confirmation { get; init; } = 2;

    /// <summary>To enter a trend and, easier, to stay in it.</summary>
    public TrendRule EnterTrend { get; init; } = new(Slope: 0.13, Strength: 18, Choppiness: 45);

    /// <inheritdoc cref="EnterTrend"/>
    public TrendRule StayInTrend { get; init; } = new(Slope: 0.03, Strength: 16, Choppiness: 65);

    /// <summary>To become volatile and, easier, to stay so: at least this percentile and this multiple of the median.</summary>
    public VolatilityRule EnterVolatile { get; init; } = new(Percentile: 0.75, OfMedian: 1.7);

    /// <inheritdoc cref="EnterVolatile"/>
    public VolatilityRule StayVolatile { get; init; } = new(Percentile: 0.65, OfMedian: 1.35);

    /// <summary>To become quiet and, easier, to stay so: at most this percentile and this multiple of the median.</summary>
    public VolatilityRule EnterQuiet { get; init; } = new(Percentile: 0.25, OfMedian: 0.6);

    /// <inheritdoc cref="EnterQuiet"/>
    public VolatilityRule StayQuiet { get; init; } = new(Percentile: 0.35, OfMedian: 0.75);
}
