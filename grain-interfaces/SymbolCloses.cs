using System.Collections.Immutable;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The latest closes of a symbol, bar by bar up to the time that was asked for, oldest first; NaN where there is no bar.</summary>
public sealed record SymbolCloses(string Symbol, ImmutableArray<double> Closes);
