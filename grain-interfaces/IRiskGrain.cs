using Orleans.Concurrency;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The limits that the settings give an account, keyed by the account; what its owner sets beyond that is in the account's own journal.</summary>
public interface IRiskGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    [return: Immutable]
    Task<RiskLimits> LimitsAsync();
}
