using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Patterns.Swings;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies.Hybrid;
using OrleansTrader.Core.Strategies.Volume;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>Something that grows bar by bar, as the contract suite sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Update">Takes the next bar.</param>
/// <param name="Values">Everything that it shows after a bar.</param>
internal sealed record Analysis(Type Kind, Action<Candle> Update, Func<double[]> Values, Func<byte[]> Save, Action<byte[]> Restore, Action Reset)
{
    public static IReadOnlyDictionary<string, Func<Analysis>> All { get; } = new Dictionary<string, Func<Analysis>>(StringComparer.Ordinal)
    {
        ["candlestick patterns"] = () => Of(new CandlePatternScanner(), (scanner, candle) => scanner.Update(in candle), scanner => scanner.Values.ToArray()),
        ["candles of 4 hours"] = () => Of(
            new CandleAggregator(Interval.OneHour, Interval.Parse("4h")),
            (aggregator, candle) => aggregator.Update(in candle),
            aggregator => [.. aggregator.Closed.ToArray().SelectMany(bar => (double[])[bar.OpenTime.Ticks, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume])]),
        ["swings"] = () => Of(new SwingDetector(), (swings, candle) => swings.Update(in candle), swings => [.. Of(swings.NewHigh), .. Of(swings.NewLow), .. Of(swings.LastHigh), .. Of(swings.LastLow)]),
        ["levels"] = () => Of(new LevelFinder(), (levels, candle) => levels.Update(in candle), levels => [.. Of(levels.Support), .. Of(levels.Resistance), .. levels.Levels.ToArray().SelectMany(Of)]),
        ["divergences"] = () => Of(new DivergenceFinder(), (divergences, candle) => divergences.Update(in candle), divergences => [.. Of(divergences.Bullish), .. Of(divergences.Bearish)]),
        ["regimes"] = () => Of(new RegimeDetector()),
        ["candle verdicts"] = () => Of(new CandleVerdicts()),
        ["latest swings"] = () => Of(new LatestSwings()),
        ["nearest levels"] = () => Of(new NearestLevels(new LevelFinder())),
        ["divergences of each bar"] = () => Of(new Divergences()),
        ["trend of longer bars"] = () => Of(new LongerTrend(Interval.OneHour, 4)),
        ["relative volume"] = () => Of(new RelativeVolume(20)),
        ["balance of volume"] = () => Of(new VolumeBalance(20)),
    };

    /// <summary>What each shows after bars of one price that end with a longer bar.</summary>
    public static IReadOnlyDictionary<string, Func<Candle[], double[]>> OfFlatBars { get; } = new Dictionary<string, Func<Candle[], double[]>>(StringComparer.Ordinal)
    {
        // A bar without a body is a doji, and beside its like it is nothing else.
        ["candlestick patterns"] = _ => [.. CandlePatternCatalog.All.Select(pattern => pattern.Name is "CDLDOJI" ? 100.0 : 0)],
        ["candles of 4 hours"] = bars => [bars[^4].OpenTime.Ticks, bars[^1].Close, bars[^1].Close, bars[^1].Close, bars[^1].Close, bars[^4..].Sum(bar => bar.Volume)],
        ["swings"] = _ => new double[12],
        ["levels"] = _ => new double[8],
        ["divergences"] = _ => new double[18],
        ["regimes"] = _ => [(double)MarketRegime.Quiet, 0, 0, 100, 0],
        ["candle verdicts"] = _ => [0, 0, .. CandlePatternCatalog.All.Select(pattern => pattern.Name is "CDLDOJI" ? 100.0 : 0)],
        ["latest swings"] = _ => [double.NaN, double.NaN],
        ["nearest levels"] = _ => [double.NaN, double.NaN, double.NaN, double.NaN],
        ["divergences of each bar"] = _ => [0, 0],
        ["trend of longer bars"] = _ => [0],
        ["relative volume"] = bars => [bars[^1].Volume / bars[^21..^1].Average(bar => bar.Volume)],
        ["balance of volume"] = _ => [0],
    };

    private static double[] Of(Swing swing) => [swing.Bar, swing.OpenTime.Ticks, swing.Price];

    private static double[] Of(Level level) => [level.Price, level.Touches, level.Strength, level.LastBar];

    private static double[] Of(Divergence divergence) => [(double)divergence.Kind, divergence.FromRsi, divergence.ToRsi, .. Of(divergence.From), .. Of(divergence.To)];

    private static Analysis Of<T>(T state, Action<T, Candle> update, Func<T, double[]> values)
        where T : Restorable =>
        new(typeof(T), candle => update(state, candle), () => values(state), state.Save, state.Restore, state.Reset);

    private static Analysis Of(Indicator indicator) =>
        new(indicator.GetType(), candle => indicator.Update(in candle), () => [.. indicator.Outputs.Select(output => output.Value)], indicator.Save, indicator.Restore, indicator.Reset);
}
