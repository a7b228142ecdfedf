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

/// <summary>Starts a timer in each of the ways there are.</summary>
public interface IManyTimersGrain : IGrainWithStringKey
{
    Task StartAsync();
}

public sealed class ManyTimersGrain(Probe probe) : Grain, IManyTimersGrain
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(1);
    private static readonly GrainTimerCreationOptions Once = new(Due, Timeout.InfiniteTimeSpan);

    public Task StartAsync()
    {
        this.RegisterGrainTimer((name, _) => MarkAsync(name), "state, token, options", Once);
        this.RegisterGrainTimer(_ => MarkAsync("token, options"), Once);
        this.RegisterGrainTimer(() => MarkAsync("options"), Once);
        this.RegisterGrainTimer(MarkAsync, "state, options", Once);
        this.RegisterGrainTimer(() => MarkAsync("times"), Due, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(_ => MarkAsync("token, times"), Due, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(MarkAsync, "state, times", Due, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer((name, _) => MarkAsync(name), "state, token, times", Due, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private Task MarkAsync(string name)
    {
        probe.Mark(name);
        return Task.CompletedTask;
    }
}

/// <summary>Does what fails while its activation ends.</summary>
public interface IBadEndGrain : IGrainWithStringKey
{
    Task<Guid> StartAsync();

    Task LeaveAsync();
}

public sealed class BadEndGrain(Probe probe) : Grain, IBadEndGrain, IDisposable
{
    private readonly Guid _instance = Guid.NewGuid();

    public Task<Guid> StartAsync()
    {
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.FromResult(_instance);
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"It does not end well: {reason}");

    public void Dispose()
    {
        probe.Mark("disposed");
        throw new InvalidOperationException("Nor does this.");
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => throw new InvalidOperationException("Whoever is told to stop fails."));
        probe.Mark("tick begins");
        await probe.Gate("tick");
        probe.Mark("tick ends");
    }
}

/// <summary>Its tick gives up when it is told to.</summary>
public interface IPatientTickGrain : IGrainWithStringKey
{
    Task StartAsync();
}

public sealed class PatientTickGrain(Probe probe) : Grain, IPatientTickGrain
{
    public Task StartAsync()
    {
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark("deactivates");
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        probe.Mark("tick begins");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
