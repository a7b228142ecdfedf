using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Strategies.Hybrid;

/// <summary>How much each vote of the hybrid strategy counts in each regime. Only the ratios within a regime matter.</summary>
/// <remarks>
/// <para>They come from what others found and from what the figures mean, not from a search for profit:</para>
/// <para>Trend before all else where the market trends, since returns go on in the direction of the last months (Moskowitz, Ooi and
/// Pedersen, Time Series Momentum, 2012); the longer bars count as much as the shorter ones (Elder's triple screen, 1986).</para>
/// <para>Reversion where it goes nowhere, since the returns of days and weeks reverse (Jegadeesh 1990, Lehmann 1990), and hardly
/// where it trends, as a close beyond a band confirms a trend there (Bollinger 2001, method I).</para>
/// <para>Volatility most where it is the regime: returns per risk are lower after it (Moreira and Muir, Volatility-Managed Portfolios, 2017).</para>
/// <para>Volume half of trend everywhere: it confirms (Granville 1963, Chaikin). Patterns least: alone they earned nothing (Marshall,
/// Young and Rose, Candlestick Technical Trading Strategies, 2006).</para>
/// <para>The prediction as much as the two trends together, since a model is admitted by what it proved out of sample only.</para>
/// </remarks>
internal static class HybridWeights
{
    /// <summary>From the distance of the averages to the prediction.</summary>
    public const int Voters = VoteKind.Prediction - VoteKind.AverageDistance + 1;

    private static readonly double[][] ByRegime =
    [
        // Distance, movement, strength, momentum, band, deviation, volatility, flow, balance, pattern, longer, prediction.
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1.50, 1.00, 1.00, 1.00, 0.25, 0.25, 0.50, 0.75, 0.75, 0.25, 1.50, 3.00],
        [1.50, 1.00, 1.00, 1.00, 0.25, 0.25, 0.50, 0.75, 0.75, 0.25, 1.50, 3.00],
        [0.75, 0.50, 0.50, 0.50, 1.00, 1.00, 0.50, 0.50, 0.50, 0.50, 0.75, 1.50],
        [1.00, 0.75, 0.50, 0.50, 0.50, 0.50, 1.50, 0.50, 0.50, 0.25, 1.00, 2.00],
        [0.75, 0.50, 0.50, 0.50, 1.00, 1.00, 0.50, 0.50, 0.50, 0.50, 0.75, 1.50],
    ];

    private static readonly double[] Totals = [.. ByRegime.Select(weights => weights.Sum())];

    /// <summary>A weight for each voter, in the order of their kinds; all 0 where the regime is not known.</summary>
    public static ReadOnlySpan<double> Of(MarketRegime regime) => ByRegime[(int)regime];

    /// <summary>Where a voter's weight stands.</summary>
    public static int PlaceOf(VoteKind voter) => voter - VoteKind.AverageDistance;

    /// <summary>All weights of a regime together, with or without the prediction's.</summary>
    public static double Total(MarketRegime regime, bool withPrediction) =>
        Totals[(int)regime] - (withPrediction ? 0 : ByRegime[(int)regime][PlaceOf(VoteKind.Prediction)]);

    /// <summary>Whether positions may be opened: not in a downtrend, which this strategy cannot sell short, nor where stops are hit by noise.</summary>
    public static bool AllowEntries(MarketRegime regime) => regime is MarketRegime.TrendingUp or MarketRegime.Ranging or MarketRegime.Quiet;
}
