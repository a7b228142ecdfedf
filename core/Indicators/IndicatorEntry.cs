using System.Collections.Immutable;

namespace OrleansTrader.Core.Indicators;

/// <summary>An indicator with its usual parameters, and the columns that its outputs fill in a table.</summary>
/// <param name="Columns">Name of each column, and of the output that fills it.</param>
public sealed record IndicatorEntry(ImmutableArray<IndicatorColumn> Columns, Func<ZeroRule, Indicator> Create);

/// <summary>A column of a table of figures: TA-Lib's name where it has the function, parameters included.</summary>
public readonly record struct IndicatorColumn(string Name, string Output);
