using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Statistics;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Indicators.Volume;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>Eight bars, and what the indicators that TA-Lib does not have make of them by their formulas; the comments show how.</summary>
internal static class HandComputed
{
    private const double None = double.NaN;

    // True ranges: -, 4, 3, 5, 3, 2, 5, 2. Middles: 10.5, 12, 13.5, 10.5, 8.5, 11, 13.5, 15.
    // Typical prices: 10 2/3, 12 1/3, 13, 10, 9, 11 1/3, 14, 14 2/3.
    public static readonly Candle[] Bars =
    [
        Build.Bar(0, 10, 12, 9, 11, 100),
        Build.Bar(1, 11, 14, 10, 13, 200),
        Build.Bar(2, 13, 15, 12, 12, 100),
        Build.Bar(3, 12, 13, 8, 9, 400),
        Build.Bar(4, 9, 10, 7, 10, 200),
        Build.Bar(5, 10, 12, 10, 12, 100),
        Build.Bar(6, 12, 16, 11, 15, 300),
        Build.Bar(7, 15, 16, 14, 14, 0),
    ];

    public static readonly Case[] Cases =
    [
        // Weighted over 2: 12 1/3, 10, 9 2/3, 11 1/3, 14, 14 1/3; over 4: from 10.9. Twice the first less the second, weighted 2:1 again.
        new(() => new Hma(4), "Value", [None, None, None, None, 8.9888888888889, 10.8888888888889, 14.2888888888889, 15.2777777777778]),

        // (11·100 + 13·200 + 12·100) / 400 = 12.25, (13·200 + 12·100 + 9·400) / 700, ...
        new(() => new Vwma(3), "Value", [None, None, 12.25, 7400d / 700, 6800d / 700, 6800d / 700, 7700d / 600, 14.25]),

        // Average ranges: 3.5, 4.25, 3.625, 2.8125, 3.90625, 2.953125. 13.5 - 3.5 = 10; the close of 9 breaks it: 10.5 + 4.25;
        // 8.5 + 3.625; 11 + 2.8125 would be further out; the close of 15 breaks it: 13.5 - 3.90625; 15 - 2.953125.
        new(() => new SuperTrend(2, 1), nameof(SuperTrend.Stop), [None, None, 10, 14.75, 12.125, 12.125, 9.59375, 12.046875]),
        new(() => new SuperTrend(2, 1), nameof(SuperTrend.Direction), [None, None, 1, -1, -1, -1, 1, 1]),

        // (14 + 9) / 2, (15 + 10) / 2, ... over two bars; over three (15 + 9) / 2, ...; over four (15 + 8) / 2, ...
        new(() => new Ichimoku(2, 3, 4), nameof(Ichimoku.Conversion), [None, 11.5, 12.5, 11.5, 10, 9.5, 13, 13.5]),
        new(() => new Ichimoku(2, 3, 4), nameof(Ichimoku.Base), [None, None, 12, 11.5, 11, 10, 11.5, 13]),
        new(() => new Ichimoku(2, 3, 4), nameof(Ichimoku.SpanA), [None, None, 12.25, 11.5, 10.5, 9.75, 12.25, 13.25]),
        new(() => new Ichimoku(2, 3, 4), nameof(Ichimoku.SpanB), [None, None, None, 11.5, 11, 11, 11.5, 11.5]),

        new(() => new Donchian(3), nameof(Donchian.Upper), [None, None, 15, 15, 15, 13, 16, 16]),
        new(() => new Donchian(3), nameof(Donchian.Middle), [None, None, 12, 11.5, 11, 10, 11.5, 13]),
        new(() => new Donchian(3), nameof(Donchian.Lower), [None, None, 9, 8, 7, 7, 7, 10]),

        // High less the low before: 5, 5, 1, 2, 5, 6, 5; high before less low: 2, 2, 7, 6, 0, 1, 2; over the true ranges of three bars.
        new(() => new Vortex(3), nameof(Vortex.Plus), [None, None, None, 11d / 12, 8d / 11, 8d / 10, 13d / 10, 16d / 9]),
        new(() => new Vortex(3), nameof(Vortex.Minus), [None, None, None, 11d / 12, 15d / 11, 13d / 10, 7d / 10, 3d / 9]),

        // (13.5 + 10.5) / 2 - (10.5 + 12 + 13.5 + 10.5) / 4 = 0.375, ...
        new(() => new AwesomeOscillator(2, 4), "Value", [None, None, None, 0.375, -1.625, -1.125, 1.375, 2.25]),

        // The middle is the highest of three: 0.33; ln(1.33 / 0.67) / 2 = 0.3428. Then the lowest: -0.33 + 0.67·0.33 = -0.1089;
        // ln(0.8911 / 1.1089) / 2 + 0.3428 / 2 = 0.0621, ...
        new(() => new FisherTransform(3), nameof(FisherTransform.Fisher), [None, None, 0.342828254415394, 0.0620805485374489, -0.396141035567921, -0.137983518413337, 0.319674566319323, 0.819352406560936]),
        new(() => new FisherTransform(3), nameof(FisherTransform.Trigger), [None, None, None, 0.342828254415394, 0.0620805485374489, -0.396141035567921, -0.137983518413337, 0.319674566319323]),

        // The average begins at 36 / 3 and moves by half of the way; the average ranges are those above, one and a half times.
        new(() => new Keltner(3, 2, 1.5), nameof(Keltner.Middle), [None, None, 12, 10.5, 10.25, 11.125, 13.0625, 13.53125]),
        new(() => new Keltner(3, 2, 1.5), nameof(Keltner.Upper), [None, None, 17.25, 16.875, 15.6875, 15.34375, 18.921875, 17.9609375]),
        new(() => new Keltner(3, 2, 1.5), nameof(Keltner.Lower), [None, None, 6.75, 4.125, 4.8125, 6.90625, 7.203125, 9.1015625]),

        // log(12 / 7), log(11 / 8), log(10 / 6), log(10 / 9), log(9 / 6), each over log(3).
        new(() => new Choppiness(3), "Value", [None, None, None, 49.0615757981492, 28.9869077929766, 46.4973520717927, 9.5903274289385, 36.9070246428543]),

        // Returns: ln(13 / 11) = 0.16705, ln(12 / 13) = -0.08004, ln(9 / 12) = -0.28768; their deviation with n - 1 is 0.22765.
        new(() => new CloseToCloseVolatility(3), "Value", [None, None, None, 0.2276532096473, 0.1966260991048, 0.2520941918625, 0.0598084171582, 0.1582029638501]),

        // √((ln²(12 / 9) + ln²(14 / 10) + ln²(15 / 12)) / 3 / (4 ln 2)) = √(0.24577 / 8.31777)
        new(() => new ParkinsonVolatility(3), "Value", [None, None, 0.1718932994022, 0.2189440161046, 0.2227555636368, 0.2182432048531, 0.1901840405601, 0.151720257759]),

        // The same squares halved, less 0.38629 times ln²(11 / 10) + ln²(13 / 11) + ln²(12 / 13).
        new(() => new GarmanKlassVolatility(3), "Value", [None, None, 0.1880774804891, 0.2266692597955, 0.2363829775946, 0.2228518525105, 0.194989607429, 0.1435491476451]),

        // There are no gaps; k = 0.34 / (1.34 + 4 / 2) = 0.10180; k times the variance of the bodies and 1 - k times Rogers-Satchell's.
        new(() => new YangZhangVolatility(3), "Value", [None, None, None, 0.2253549957573, 0.2518822604181, 0.2375244467202, 0.2020903770247, 0.1369919377334]),

        // Places of the closes: 1/3, 1/2, -1, -3/5, 1, 1, 3/5, -1. (33 1/3 + 100 - 100) / 400, (100 - 100 - 240) / 700, ...
        new(() => new Cmf(3), "Value", [None, None, 1d / 12, -24d / 70, -14d / 70, 6d / 70, 0.8, 0.7]),

        // Value traded so far: 1066 2/3, 3533 1/3, 4833 1/3, 8833 1/3, 10633 1/3, 11766 2/3, 15966 2/3.
        new(() => new SessionVwap(), "Value", [32d / 3, 106d / 9, 145d / 12, 265d / 24, 319d / 30, 353d / 33, 479d / 42, 479d / 42]),
        new(() => new AnchoredVwap(Build.Start.AddHours(4)), "Value", [None, None, None, None, 9, 88d / 9, 107d / 9, 107d / 9]),

        // Forces: 400, -100, -1200, 200, 200, 900, 0. Begins at 300 / 2 and moves by two thirds of the way.
        new(() => new ForceIndex(2), "Value", [None, None, 150, -750, -350d / 3, 850d / 9, 17050d / 27, 17050d / 81]),

        // Closes 11, 13, 12, 9: mean 11.25, variance 2.1875.
        new(() => new ZScore(4), "Value", [None, None, None, -1.5212776585113, -0.6324555320337, 0.9622504486494, 1.5275252316519, 0.6509445549041]),
        new(() => new Bollinger(4, 2), nameof(Bollinger.Width), [None, None, None, 0.5258737584977, 0.5749595745761, 0.4833630160657, 0.7969696860793, 0.6024428037544]),
        new(() => new Bollinger(4, 2), nameof(Bollinger.PercentB), [None, None, None, 0.1196805853722, 0.3418861169916, 0.7405626121623, 0.881881307913, 0.662736138726]),

        // Of -0.08004, -0.28768, 0.10536 with 0.16705, -0.08004, -0.28768.
        new(() => new Autocorrelation(3, 1), "Value", [None, None, None, None, -0.4267466496619, 0.1202988034415, 0.9810421724759, -0.6761254937412]),
    ];

    /// <summary>An indicator with short parameters, one of its outputs, and the values after each bar.</summary>
    internal sealed record Case(Func<Indicator> Create, string Output, double[] Expected)
    {
        public override string ToString() => $"{Create().GetType().Name}.{Output}";
    }
}
