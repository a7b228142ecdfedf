using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A storage that keeps nothing and meddles before it says so.</summary>
internal sealed class NosyStorage(Meddler meddler) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => MeddleAsync(grainId, "read");

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => MeddleAsync(grainId, "write");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

    private Task MeddleAsync(GrainId grain, string where)
    {
        meddler.Meddle(grain, where);
        return Task.CompletedTask;
    }
}
