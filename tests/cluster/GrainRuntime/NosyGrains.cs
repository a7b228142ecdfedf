#if !ORLEANS
using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Wherever its code runs, it holds its thread until another thread has sent it a call and started another grain.</summary>
public interface INosyGrain : IGrainWithStringKey
{
    Task PingAsync();

    Task WorkAsync();

    Task WaitAsync(CancellationToken cancellationToken);

    Task LeaveAsync();
}

public sealed class NosyGrain : Grain, INosyGrain, IIncomingGrainCallFilter
{
    private readonly Probe _probe;
    private readonly string _key;
    private readonly IGrainFactory _grains;

    public NosyGrain(Probe probe, IGrainContext context, IGrainFactory grains)
    {
        _probe = probe;
        _key = context.GrainId.Key.ToString()!;
        _grains = grains;
        Meddle("constructor");
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

    public Task WorkAsync()
    {
        Meddle("method");
        this.RegisterGrainTimer(
            () =>
            {
                Meddle("tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
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

    private void Meddle(string where)
    {
        var other = new Thread(() =>
        {
            // Nobody waits for the answers: the first may come only after this grain's turn.
            _ = _grains.GetGrain<INosyGrain>(_key).PingAsync();
            _ = _grains.GetGrain<ICallGrain>(Guid.NewGuid().ToString()).EchoAsync(where);
        });
        other.Start();
        _probe.Mark(other.Join(TimeSpan.FromSeconds(10)) ? $"free in {where}" : $"locked in {where}");
    }
}
#endif
