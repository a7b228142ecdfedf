using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Starts one timer whose ticks mark <c>tick begins</c>, wait at the gate <c>tick</c>, and mark <c>tick ends</c>.</summary>
public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task DisposeTimerAsync();

    Task WorkAsync(string gate);

    Task PingAsync();

    Task LeaveAsync();
}

public interface IReentrantTimerGrain : ITimerGrain;

public sealed class TimerGrain(Probe probe) : Timers(probe), ITimerGrain;

[Reentrant]
public sealed class ReentrantTimerGrain(Probe probe) : Timers(probe), IReentrantTimerGrain;

public abstract class Timers(Probe probe) : Grain
{
    private IGrainTimer? _timer;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark($"deactivates: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task StartAsync(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            TickAsync, new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task DisposeTimerAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task WorkAsync(string gate)
    {
        probe.Mark("work begins");
        await probe.Gate(gate);
        probe.Mark("work ends");
    }

    public Task PingAsync() => Task.CompletedTask;

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        probe.Mark("tick begins");
        await using var stopped = cancellationToken.Register(() => probe.Mark("tick told to stop"));
        await probe.Gate("tick");
        probe.Mark("tick ends");
        if (probe.Gate("tick fails").IsCompleted) throw new InvalidOperationException("The tick failed.");
    }
}
