using Orleans.Concurrency;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The limits of one account, keyed by the account.</summary>
public interface IRiskGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    [return: Immutable]
    Task<RiskLimits> LimitsAsync();
}
