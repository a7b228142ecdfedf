using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Patterns.Swings;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Cli.Columns;

/// <summary>Everything that the analysis computes, as columns: what is added here is in the table.</summary>
internal static class ColumnSources
{
    public static IReadOnlyList<ColumnSource> Create() =>
        [.. IndicatorCatalog.Entries.Select(OfIndicator), OfPatterns(), OfSwings(), OfLevels(), OfDivergences(), OfRegimes()];

    // As TA-Lib rounds towards zero: the columns that bear its names are held against it.
    private static ColumnSource OfIndicator(IndicatorEntry entry)
    {
        var indicator = entry.Create(ZeroRule.TaLib);
        Output[] outputs = [.. entry.Columns.Select(column => indicator[column.Output])];
        return new([.. entry.Columns.Select(column => column.Name)], (in candle, values) =>
        {
            indicator.Update(in candle);
            for (var i = 0; i < outputs.Length; i++) values[i] = outputs[i].Value;
        });
    }

    private static ColumnSource OfPatterns()
    {
        var scanner = new CandlePatternScanner();
        return new([.. scanner.Patterns.Select(pattern => pattern.Name)], (in candle, values) =>
        {
            scanner.Update(in candle);
            scanner.Values.CopyTo(values);
        });
    }

    private static ColumnSource OfSwings()
    {
        var swings = new SwingDetector();
        return new(["SWING_HIGH_3", "SWING_LOW_3"], (in candle, values) =>
        {
            swings.Update(in candle);
            values[0] = swings.NewHigh.Exists ? swings.NewHigh.Price : double.NaN;
            values[1] = swings.NewLow.Exists ? swings.NewLow.Price : double.NaN;
        });
    }

    private static ColumnSource OfLevels()
    {
        var levels = new LevelFinder();
        return new(["SUPPORT", "SUPPORT_TOUCHES", "SUPPORT_STRENGTH", "RESISTANCE", "RESISTANCE_TOUCHES", "RESISTANCE_STRENGTH"], (in candle, values) =>
        {
            levels.Update(in candle);
            Fill(values, levels.Support);
            Fill(values[3..], levels.Resistance);
        });

        static void Fill(Span<double> values, Level level)
        {
            values[0] = level.Exists ? level.Price : double.NaN;
            values[1] = level.Exists ? level.Touches : double.NaN;
            values[2] = level.Exists ? level.Strength : double.NaN;
        }
    }

    private static ColumnSource OfDivergences()
    {
        var divergences = new DivergenceFinder();
        return new(["DIVERGENCE_BULLISH_RSI_14", "DIVERGENCE_BEARISH_RSI_14"], (in candle, values) =>
        {
            divergences.Update(in candle);
            values[0] = divergences.IsReady ? (double)divergences.Bullish.Kind : double.NaN;
            values[1] = divergences.IsReady ? (double)divergences.Bearish.Kind : double.NaN;
        });
    }

    private static ColumnSource OfRegimes()
    {
        var regimes = new RegimeDetector();
        return new(["REGIME", "REGIME_SLOPE", "REGIME_STRENGTH", "REGIME_CHOPPINESS", "REGIME_VOLATILITY"], (in candle, values) =>
        {
            regimes.Update(in candle);
            for (var i = 0; i < values.Length; i++) values[i] = regimes.Outputs[i].Value;
        });
    }
}
