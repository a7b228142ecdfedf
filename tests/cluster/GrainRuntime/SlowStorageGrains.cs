using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Keeps its state where the disk is slow.</summary>
public interface ISlowStorageGrain : IGrainWithIntegerKey
{
    Task WriteAsync();
}

public sealed class SlowStorageGrain([PersistentState("counts", "slow")] IPersistentState<Counts> counts) : Grain, ISlowStorageGrain
{
    public Task WriteAsync() => counts.WriteStateAsync();
}
