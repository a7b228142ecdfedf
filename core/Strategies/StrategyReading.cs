using System.Collections.Immutable;

namespace OrleansTrader.Core.Strategies;

/// <summary>The parameters of a strategy as they were written.</summary>
/// <param name="Values">What was given, and the defaults of the rest; the defaults alone where there is a problem.</param>
/// <param name="Problems">A sentence for each value that cannot be used, with its name and what is allowed; none when all can.</param>
public sealed record StrategyReading(StrategyValues Values, ImmutableArray<string> Problems);
