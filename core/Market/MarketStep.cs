using System.Collections.Immutable;

namespace OrleansTrader.Core.Market;

/// <summary>All bars that closed at one moment, symbols in ordinal order: the unit in which every account moves.</summary>
/// <param name="Time">The common close time, UTC.</param>
/// <param name="Bars">At least one bar, at most one a symbol.</param>
public sealed record MarketStep(DateTime Time, ImmutableArray<SymbolBar> Bars);
