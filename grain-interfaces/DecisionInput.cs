using System.Collections.Immutable;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The signals of one step, symbols in ordinal order.</summary>
/// <param name="Time">Close of the step, UTC.</param>
public sealed record DecisionInput(DateTime Time, ImmutableArray<SymbolSignal> Signals)
{
    /// <summary>The latest closes of every symbol; empty where no signal wants to buy, or no limit looks at them.</summary>
    public ImmutableArray<SymbolCloses> Closes { get; init; } = [];
}
