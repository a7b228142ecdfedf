using System.Collections.Immutable;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The signals of one step, symbols in ordinal order.</summary>
/// <param name="Time">Close of the step, UTC.</param>
public sealed record DecisionInput(DateTime Time, ImmutableArray<SymbolSignal> Signals)
{
    /// <summary>The latest closes of every symbol; empty where no signal wants to buy, or no limit looks at them.</summary>
    public ImmutableArray<SymbolCloses> Closes { get; init; } = [];

    /// <summary>Name and version of the strategy that gave the signals; empty where nobody said, and then it cannot look at its position.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>The same while what is decided cannot be written where it belongs: no entry passes.</summary>
    public DecisionInput WithoutStore() => this with { Signals = [.. Signals.Select(signal => signal with { Market = signal.Market with { IsStoreAway = true } })] };

    /// <summary>What is known of a symbol beside its bars; null of one without a bar in this step.</summary>
    public EntryMarket? MarketOf(string symbol)
    {
        foreach (var signal in Signals)
            if (string.Equals(signal.Symbol, symbol, StringComparison.Ordinal))
                return signal.Market;
        return null;
    }
}
