using Orleans;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Ends each of its activations before it can answer, as long as the gate <c>rest</c> is closed.</summary>
public interface IRestlessGrain : IGrainWithStringKey
{
    Task<Guid> InstanceAsync();

    Task MoveAsync();
}

public sealed class RestlessGrain(Probe probe) : Grain, IRestlessGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Mark("activates");
        if (!probe.Gate("rest").IsCompleted) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark($"deactivates: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<Guid> InstanceAsync() => Task.FromResult(_instance);

    public Task MoveAsync()
    {
        MigrateOnIdle();
        return Task.CompletedTask;
    }
}
