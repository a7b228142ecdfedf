using Orleans;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Holds much memory, and lets the test know when it is given back.</summary>
public interface IHeavyGrain : IGrainWithIntegerKey
{
    Task<int> SizeAsync();
}

public sealed class HeavyGrain : Grain, IHeavyGrain
{
    private readonly byte[] _load = new byte[4_096];

    public HeavyGrain(Probe probe)
    {
        probe.Remember(this);
        probe.Remember(_load);
        probe.Remember(GrainContext);
    }

    public Task<int> SizeAsync() => Task.FromResult(_load.Length);
}
