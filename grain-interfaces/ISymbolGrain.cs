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

    /// <summary>The latest candles, oldest first.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<CandlesView> CandlesAsync(int limit);

    [AlwaysInterleave]
    [return: Immutable]
    Task<SymbolView> ViewAsync();
}
