#if !ORLEANS
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>Snapshots that take their time and at times are not written, or are and nobody learns of it.</summary>
internal sealed class SimulatedStorage(World world, IGrainStorage storage) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await world.LagAsync();
        await storage.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await world.LagAsync();
        if (world.Fails(10, "a snapshot is not written")) throw new IOException("the disk is tired");
        await storage.WriteStateAsync(stateName, grainId, grainState);
        if (world.Fails(10, "nobody learns that a snapshot is written")) throw new IOException("the disk is tired");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync(stateName, grainId, grainState);
}
#endif
