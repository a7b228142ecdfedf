using OrleansTrader.Core.Indicators;

namespace OrleansTrader.Cli.Columns;

/// <summary>Everything that the analysis computes, as columns: what is added here is in the table.</summary>
internal static class ColumnSources
{
    public static IReadOnlyList<ColumnSource> Create() => [.. IndicatorCatalog.Entries.Select(OfIndicator)];

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
}
