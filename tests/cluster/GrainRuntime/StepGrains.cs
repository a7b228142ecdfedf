using Orleans;
using Orleans.Concurrency;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Steps that begin, wait at a gate of the same name, and end.</summary>
public interface IStepGrain : IGrainWithStringKey
{
    Task StepAsync(string name);

    [AlwaysInterleave]
    Task UrgentStepAsync(string name);

    [ReadOnly]
    Task ReadStepAsync(string name);

    Task<int> IncrementSlowlyAsync();
}

public interface IReentrantStepGrain : IStepGrain;

public sealed class StepGrain(Probe probe) : Steps(probe), IStepGrain;

[Reentrant]
public sealed class ReentrantStepGrain(Probe probe) : Steps(probe), IReentrantStepGrain;

public abstract class Steps(Probe probe) : Grain
{
    private int _count;

    public async Task StepAsync(string name)
    {
        probe.Mark($"{name} begins");
        await probe.Gate(name);
        probe.Mark($"{name} ends");
    }

    public Task UrgentStepAsync(string name) => StepAsync(name);

    public Task ReadStepAsync(string name) => StepAsync(name);

    public async Task<int> IncrementSlowlyAsync()
    {
        var before = _count;
        await Task.Yield();
        _count = before + 1;
        return _count;
    }
}
