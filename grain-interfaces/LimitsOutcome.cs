using System.Collections.Immutable;

namespace OrleansTrader.GrainInterfaces;

/// <summary>What became of a change of limits.</summary>
/// <param name="Problems">What is wrong with the values, a sentence each; then nothing was changed.</param>
public sealed record LimitsOutcome(ControlOutcome Outcome, ImmutableArray<string> Problems);
