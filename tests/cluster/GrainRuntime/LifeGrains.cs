using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Tells the probe of its life; a key with <c>fails</c> fails to activate until the gate <c>repaired</c> is open.</summary>
public interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> InstanceAsync();

    Task<Guid> WaitAsync(string gate);

    Task LeaveAsync();

    Task LeaveAndWaitAsync(string gate);

    Task StayAsync(TimeSpan span);
}

public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Mark($"{key} activates");
        if (key.StartsWith("slow", StringComparison.Ordinal)) await probe.Gate("activation");
        if (key.StartsWith("fails", StringComparison.Ordinal) && !probe.Gate("repaired").IsCompleted)
        {
            await probe.Gate("failure");
            throw new FormatException("The activation failed.");
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark($"deactivates: {reason.ReasonCode}");
        if (this.GetPrimaryKeyString().EndsWith("lingers", StringComparison.Ordinal)) await probe.Gate("deactivation");
        probe.Mark("deactivated");
    }

    public Task<Guid> InstanceAsync() => Task.FromResult(_instance);

    public async Task<Guid> WaitAsync(string gate)
    {
        probe.Mark($"waits at {gate}");
        await probe.Gate(gate);
        probe.Mark($"passed {gate}");
        return _instance;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAndWaitAsync(string gate)
    {
        DeactivateOnIdle();
        await WaitAsync(gate);
    }

    public Task StayAsync(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }
}

public interface ILastingGrain : IGrainWithStringKey
{
    Task<Guid> InstanceAsync();
}

[KeepAlive]
public sealed class LastingGrain : Grain, ILastingGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public Task<Guid> InstanceAsync() => Task.FromResult(_instance);
}

public interface IShortLivedGrain : ILastingGrain;

[CollectionAgeLimit("00:00:02")]
public sealed class ShortLivedGrain(Probe probe) : Grain, IShortLivedGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public Task<Guid> InstanceAsync() => Task.FromResult(_instance);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark("short life ends");
        return Task.CompletedTask;
    }
}

/// <summary>Calls a grain that does not run yet while it ends.</summary>
public interface IFarewellGrain : IGrainWithStringKey
{
    Task GreetAsync();
}

public sealed class FarewellGrain(Probe probe) : Grain, IFarewellGrain
{
    public Task GreetAsync() => Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark("leaving");
        await probe.Gate("farewell");
        try
        {
            await GrainFactory.GetGrain<ICallGrain>("new").EchoAsync("goodbye");
        }
        catch (OrleansException)
        {
            // A silo that stops starts no grain any more.
            probe.Mark("refused");
        }
    }
}

/// <summary>May be idle for two minutes.</summary>
[CollectionAgeLimit(Minutes = 2)]
public sealed class TwoMinutesGrain(Probe probe) : Grain, ITwoMinutesGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark("two minutes end");
        return Task.CompletedTask;
    }
}

public interface ITwoMinutesGrain : IGrainWithStringKey
{
    Task PingAsync();
}
