using System.Collections.Immutable;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.GrainInterfaces;

/// <summary>A strategy's verdict on the latest bar of a symbol, with its reasons.</summary>
/// <param name="Close">Close of that bar, quote currency.</param>
public sealed record SymbolSignal(string Symbol, double Close, Signal Signal, ImmutableArray<Vote> Votes)
{
    /// <summary>Hash of the figures that it was judged by; empty for a signal upon which nothing is decided.</summary>
    public string Features { get; init; } = "";

    /// <summary>Version of the model that spoke in it; empty where none did.</summary>
    public string Model { get; init; } = "";

    /// <summary>What is known of the symbol beside its bars.</summary>
    public EntryMarket Market { get; init; }
}
