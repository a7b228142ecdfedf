using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IRiskGrain"/>
public sealed class RiskGrain(RiskLimits limits) : Grain, IRiskGrain
{
    public Task<RiskLimits> LimitsAsync() => Task.FromResult(limits);
}
