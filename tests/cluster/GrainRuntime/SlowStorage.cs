using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A storage that has nothing and finishes no write before the test opens the gate <c>disk</c>.</summary>
internal sealed class SlowStorage(Probe probe) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        probe.Mark("write begins");
        await probe.Gate("disk");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => probe.Gate("disk");
}
