using System.Collections.Immutable;

namespace OrleansTrader.Core.Patterns;

/// <summary>Every candlestick pattern of TA-Lib, by its name there, in alphabetical order.</summary>
public static class CandlePatternCatalog
{
    private static readonly CandlePattern[] Stars =
    [
        new("CDLABANDONEDBABY", 12, StarPatterns.AbandonedBaby),
        new("CDLEVENINGDOJISTAR", 12, StarPatterns.EveningDojiStar),
        new("CDLEVENINGSTAR", 12, StarPatterns.EveningStar),
        new("CDLMORNINGDOJISTAR", 12, StarPatterns.MorningDojiStar),
        new("CDLMORNINGSTAR", 12, StarPatterns.MorningStar),
    ];

    private static readonly CandlePattern[] Soldiers =
    [
        new("CDL3BLACKCROWS", 13, SoldierPatterns.ThreeBlackCrows),
        new("CDL3WHITESOLDIERS", 12, SoldierPatterns.ThreeWhiteSoldiers),
        new("CDLADVANCEBLOCK", 12, SoldierPatterns.AdvanceBlock),
        new("CDLIDENTICAL3CROWS", 12, SoldierPatterns.IdenticalThreeCrows),
        new("CDLSTALLEDPATTERN", 12, SoldierPatterns.StalledPattern),
    ];

    private static readonly CandlePattern[] Threes =
    [
        new("CDL2CROWS", 12, ThreeCandlePatterns.TwoCrows),
        new("CDL3INSIDE", 12, ThreeCandlePatterns.ThreeInside),
        new("CDL3OUTSIDE", 3, ThreeCandlePatterns.ThreeOutside),
        new("CDL3STARSINSOUTH", 12, ThreeCandlePatterns.ThreeStarsInTheSouth),
        new("CDLGAPSIDESIDEWHITE", 7, GapPatterns.GapSideSideWhite),
        new("CDLHIKKAKE", 5, HikkakePatterns.Hikkake),
        new("CDLHIKKAKEMOD", 10, HikkakePatterns.ModifiedHikkake, sumsFrom: 7),
        new("CDLSTICKSANDWICH", 7, ThreeCandlePatterns.StickSandwich),
        new("CDLTASUKIGAP", 7, GapPatterns.TasukiGap),
        new("CDLTRISTAR", 12, DojiPatterns.TriStar),
        new("CDLUNIQUE3RIVER", 12, ThreeCandlePatterns.UniqueThreeRiver),
        new("CDLUPSIDEGAP2CROWS", 12, ThreeCandlePatterns.UpsideGapTwoCrows),
        new("CDLXSIDEGAP3METHODS", 2, GapPatterns.SideGapThreeMethods),
    ];

    private static readonly CandlePattern[] Long =
    [
        new("CDL3LINESTRIKE", 8, LongPatterns.ThreeLineStrike),
        new("CDLBREAKAWAY", 14, LongPatterns.Breakaway),
        new("CDLCONCEALBABYSWALL", 13, LongPatterns.ConcealingBabySwallow),
        new("CDLLADDERBOTTOM", 14, LongPatterns.LadderBottom),
        new("CDLMATHOLD", 14, LongPatterns.MatHold),
        new("CDLRISEFALL3METHODS", 14, LongPatterns.RisingOrFallingThreeMethods),
    ];

    private static readonly CandlePattern[] Pairs =
    [
        new("CDLCOUNTERATTACK", 11, TwoCandlePatterns.Counterattack),
        new("CDLDARKCLOUDCOVER", 11, TwoCandlePatterns.DarkCloudCover),
        new("CDLDOJISTAR", 11, DojiPatterns.DojiStar),
        new("CDLENGULFING", 2, TwoCandlePatterns.Engulfing),
        new("CDLHARAMI", 11, TwoCandlePatterns.Harami),
        new("CDLHARAMICROSS", 11, TwoCandlePatterns.HaramiCross),
        new("CDLHOMINGPIGEON", 11, TwoCandlePatterns.HomingPigeon),
        new("CDLINNECK", 11, TwoCandlePatterns.InNeck),
        new("CDLKICKING", 11, TwoCandlePatterns.Kicking),
        new("CDLKICKINGBYLENGTH", 11, TwoCandlePatterns.KickingByLength),
        new("CDLMATCHINGLOW", 6, TwoCandlePatterns.MatchingLow),
        new("CDLONNECK", 11, TwoCandlePatterns.OnNeck),
        new("CDLPIERCING", 11, TwoCandlePatterns.Piercing),
        new("CDLSEPARATINGLINES", 11, TwoCandlePatterns.SeparatingLines),
        new("CDLTHRUSTING", 11, TwoCandlePatterns.Thrusting),
    ];

    private static readonly CandlePattern[] Singles =
    [
        new("CDLBELTHOLD", 10, SingleCandlePatterns.BeltHold),
        new("CDLCLOSINGMARUBOZU", 10, SingleCandlePatterns.ClosingMarubozu),
        new("CDLDOJI", 10, DojiPatterns.Doji),
        new("CDLDRAGONFLYDOJI", 10, DojiPatterns.DragonflyDoji),
        new("CDLGRAVESTONEDOJI", 10, DojiPatterns.GravestoneDoji),
        new("CDLHAMMER", 11, SingleCandlePatterns.Hammer),
        new("CDLHANGINGMAN", 11, SingleCandlePatterns.HangingMan),
        new("CDLHIGHWAVE", 10, SingleCandlePatterns.HighWave),
        new("CDLINVERTEDHAMMER", 11, SingleCandlePatterns.InvertedHammer),
        new("CDLLONGLEGGEDDOJI", 10, DojiPatterns.LongLeggedDoji),
        new("CDLLONGLINE", 10, SingleCandlePatterns.LongLine),
        new("CDLMARUBOZU", 10, SingleCandlePatterns.Marubozu),
        new("CDLRICKSHAWMAN", 10, DojiPatterns.RickshawMan),
        new("CDLSHOOTINGSTAR", 11, SingleCandlePatterns.ShootingStar),
        new("CDLSHORTLINE", 10, SingleCandlePatterns.ShortLine),
        new("CDLSPINNINGTOP", 10, SingleCandlePatterns.SpinningTop),
        new("CDLTAKURI", 10, DojiPatterns.Takuri),
    ];

    public static ImmutableArray<CandlePattern> All { get; } =
        [.. Singles.Concat(Pairs).Concat(Threes).Concat(Stars).Concat(Soldiers).Concat(Long).OrderBy(pattern => pattern.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The patterns that speak for no direction: dojis of every form, whose verdict is 100 whatever they mean, and candles whose verdict is
    /// only the sign of their colour.
    /// </summary>
    public static ImmutableHashSet<string> Neutral { get; } =
    [
        "CDLDOJI", "CDLDRAGONFLYDOJI", "CDLGRAVESTONEDOJI", "CDLHIGHWAVE", "CDLLONGLEGGEDDOJI", "CDLLONGLINE", "CDLRICKSHAWMAN", "CDLSHORTLINE",
        "CDLSPINNINGTOP",
    ];

    /// <exception cref="ArgumentException">TA-Lib has no pattern of that name.</exception>
    public static CandlePattern ByName(string name) =>
        All.FirstOrDefault(pattern => string.Equals(pattern.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no candlestick pattern '{name}'.", nameof(name));
}
