using Orleans.Concurrency;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.GrainInterfaces;

/// <summary>One strategy on one account, keyed <c>account/name</c>: leads the account from step to step.</summary>
public interface IStrategyGrain : IGrainWithStringKey
{
    /// <summary>Begins to step by timer, <paramref name="stepsPerSecond"/> times a second, until the market ends or the silo stops.</summary>
    Task StartAsync(double stepsPerSecond);

    /// <summary>Runs the next step if the market has one: match, settle, analyse, decide, submit, each awaited.</summary>
    Task<StepOutcome> StepAsync();

    [AlwaysInterleave]
    [return: Immutable]
    Task<StrategyView> ViewAsync();
}
