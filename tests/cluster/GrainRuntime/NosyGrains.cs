using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Wherever its code runs, or that of its storage, it holds its thread until another thread has sent it a call and started another grain.</summary>
public interface INosyGrain : IGrainWithStringKey
{
    Task PingAsync();

    [AlwaysInterleave]
    Task PassAsync();

    Task WorkAsync();

    Task WaitAsync(CancellationToken cancellationToken);

    Task LeaveAsync();
}

public sealed class NosyGrain : Grain, INosyGrain, IIncomingGrainCallFilter
{
    private readonly Probe _probe;
    private readonly Meddler _meddler;
    private readonly GrainId _id;
    private readonly IPersistentState<Counts> _counts;

    public NosyGrain(Probe probe, Meddler meddler, IGrainContext context, [PersistentState("counts", "nosy")] IPersistentState<Counts> counts)
    {
        _probe = probe;
        _meddler = meddler;
        _id = context.GrainId;
        _counts = counts;
#if !ORLEANS
        Meddle("constructor");
#endif
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Meddle("activation");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Meddle("deactivation");
        return Task.CompletedTask;
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (string.Equals(context.MethodName, nameof(WorkAsync), StringComparison.Ordinal)) Meddle("filter");
        return context.Invoke();
    }

    public Task PingAsync() => Task.CompletedTask;

    public Task PassAsync() => Task.CompletedTask;

    public async Task WorkAsync()
    {
        Meddle("method");
        this.RegisterGrainTimer(
            () =>
            {
                Meddle("tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        await _counts.WriteStateAsync();
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() =>
        {
            Meddle("cancellation");
            told.SetResult();
        });
        _probe.Mark("waits");
        await told.Task;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Meddle(string where) => _meddler.Meddle(_id, where);
}
