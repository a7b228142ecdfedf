using System.Globalization;

namespace OrleansTrader.Core.Regimes;

/// <summary>The thresholds by which a bar's regime is told, as <c>docs/regimes.md</c> explains them.</summary>
/// <remarks>Other thresholds are another version.</remarks>
public sealed record RegimeRules
{
    /// <summary>The rules in use.</summary>
    public static RegimeRules Current { get; } = new();

    /// <summary>1 to 255; recorded with every signal that bears a regime.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Bars of the average directional index, 2 or more.</summary>
    public int StrengthPeriod { get; init; } = 14;

    /// <summary>Bars of the regression line, 2 or more.</summary>
    public int SlopePeriod { get; init; } = 24;

    /// <summary>Bars of the choppiness index, 2 or more.</summary>
    public int ChoppinessPeriod { get; init; } = 24;

    /// <summary>Bars of the average true range, 1 or more, which taken as a share of the close is the volatility.</summary>
    public int VolatilityPeriod { get; init; } = 10;

    /// <summary>Every so many bars the volatility is noted, 1 or more.</summary>
    public int NoteEvery { get; init; } = 4;

    /// <summary>So many notes are what the volatility is compared with, 1 or more.</summary>
    public int Notes { get; init; } = 250;

    /// <summary>So many notes must have been taken before a regime is told, 1 to <see cref="Notes"/>.</summary>
    public int FirstNotes { get; init; } = 25;

    /// <summary>
    /// A smaller volatility is noted as this one, a share of the price above 0: in a market that stood still for long a tick would be an
    /// exception otherwise.
    /// </summary>
    public double LeastNote { get; init; } = 0.0001;

    /// <summary>So many bars in a row must speak for another regime before it is told, 1 or more.</summary>
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

    /// <summary>The number of bars after which a regime is first told.</summary>
    internal int WarmUp => Math.Max(
        VolatilityPeriod + (NoteEvery * FirstNotes),
        Math.Max(2 * StrengthPeriod, Math.Max(SlopePeriod, ChoppinessPeriod + 1)));

    /// <summary>Gives the rules back.</summary>
    /// <exception cref="ArgumentException">No regime can be told by them; the message says which rule is wrong and what is allowed.</exception>
    internal RegimeRules Checked()
    {
        Check(Version is >= 1 and <= 255, nameof(Version), Version, "1 to 255");
        Check(StrengthPeriod >= 2, nameof(StrengthPeriod), StrengthPeriod, "2 or more");
        Check(SlopePeriod >= 2, nameof(SlopePeriod), SlopePeriod, "2 or more");
        Check(ChoppinessPeriod >= 2, nameof(ChoppinessPeriod), ChoppinessPeriod, "2 or more");
        Check(VolatilityPeriod >= 1, nameof(VolatilityPeriod), VolatilityPeriod, "1 or more");
        Check(NoteEvery >= 1, nameof(NoteEvery), NoteEvery, "1 or more");
        Check(Notes >= 1, nameof(Notes), Notes, "1 or more");
        Check(FirstNotes >= 1 && FirstNotes <= Notes, nameof(FirstNotes), FirstNotes, $"1 to {Notes}, the number of {nameof(Notes)}");
        Check(LeastNote > 0 && double.IsFinite(LeastNote), nameof(LeastNote), LeastNote, "above 0");
        Check(Confirmation >= 1, nameof(Confirmation), Confirmation, "1 or more");
        Check(EnterTrend.IsFinite, nameof(EnterTrend), EnterTrend, "of finite numbers");
        Check(StayInTrend.IsFinite && StayInTrend.IsNoHarderThan(EnterTrend), nameof(StayInTrend), StayInTrend, $"no harder than {nameof(EnterTrend)}, {EnterTrend}");
        foreach (var (rule, name) in new[] { (EnterVolatile, nameof(EnterVolatile)), (StayVolatile, nameof(StayVolatile)), (EnterQuiet, nameof(EnterQuiet)), (StayQuiet, nameof(StayQuiet)) })
            Check(rule.IsPossible, name, rule, "a percentile of 0 to 1 and a multiple of 0 or more");
        Check(StayVolatile.IsAtMost(EnterVolatile), nameof(StayVolatile), StayVolatile, $"no harder than {nameof(EnterVolatile)}, {EnterVolatile}");
        Check(EnterQuiet.IsAtMost(StayQuiet), nameof(StayQuiet), StayQuiet, $"no harder than {nameof(EnterQuiet)}, {EnterQuiet}");
        return this;
    }

    private static void Check<T>(bool isPossible, string name, T value, string allowed)
    {
        if (!isPossible) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} of the regime rules is {value}; it must be {allowed}."), nameof(value));
    }
}
