using OrleansTrader.Core.Market;

namespace OrleansTrader.Cli.Columns;

/// <summary>Figures that are computed bar by bar and fill columns of a table.</summary>
/// <param name="Names">One for each column.</param>
/// <param name="Next">Gives the figures after the next bar, in the order of the names.</param>
internal sealed record ColumnSource(IReadOnlyList<string> Names, NextColumns Next);

/// <param name="candle">The bar that has just closed.</param>
/// <param name="values">A place for each column; NaN while it warms up.</param>
internal delegate void NextColumns(in Candle candle, Span<double> values);
