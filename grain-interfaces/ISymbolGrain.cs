using Orleans.Concurrency;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.GrainInterfaces;

/// <summary>One symbol, keyed by its name: its candles, its indicators and what each strategy says of it.</summary>
public interface ISymbolGrain : IGrainWithStringKey
{
    /// <summary>Takes every bar that closed up to <paramref name="time"/> and gives the strategy's verdict on the latest.</summary>
    /// <remarks>The first call after an activation takes the symbol's whole history, so that a restart changes no figure.</remarks>
    [return: Immutable]
    Task<SymbolSignal> AdvanceAsync(DateTime time, string strategy);

    /// <summary>The closes of so many bars up to the one that closed at <paramref name="time"/>.</summary>
    [return: Immutable]
    Task<SymbolCloses> ClosesAsync(DateTime time, string strategy, int count);

    /// <summary>The latest candles, oldest first.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<CandlesView> CandlesAsync(int limit);

    [AlwaysInterleave]
    [return: Immutable]
    Task<SymbolView> ViewAsync();
}
