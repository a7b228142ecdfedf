using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The life of one grain in memory: prepared before its first request, drained after its last.</summary>
internal sealed class Activation : MessageTarget, IGrainContext
{
    private readonly Silo _silo;
    private readonly Lock _gate = new();
    private readonly List<GrainTimer> _timers = [];
    private readonly TaskCompletionSource _deactivated;
    private AsyncServiceScope _scope;
    private object? _instance;
    private bool _active;
    private DeactivationReason? _reason;
    private long _keepFrom;
    private TimeSpan _keepFor;

    public Activation(GrainId id, long number, GrainClass grainClass, Silo silo, StatelessWorkers? workers)
        : base(id, grainClass.Reentrant, silo.Turns, silo.Time)
    {
        _silo = silo;
        _deactivated = new TaskCompletionSource(silo.ContinuationOptions);
        Number = number;
        Class = grainClass;
        Workers = workers;
        GrainReference = silo.References.Untyped(id);
    }

    /// <summary>Counts the activations of the silo.</summary>
    public long Number { get; }

    public GrainClass Class { get; }

    /// <summary>Those it shares its calls with; null when it is the only one of its identity.</summary>
    public StatelessWorkers? Workers { get; }

    /// <summary>How much it has to do; 0 when it is idle.</summary>
    public int Load => Requests.Load;

    public GrainReference GrainReference { get; }

    public override object Instance => _instance!;

    public object? GrainInstance => _instance;

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public Silo Silo => _silo;

    public static Activation Of(IGrainBase grain) => grain.GrainContext as Activation
        ?? throw new InvalidOperationException($"{grain.GetType()} does not run in this silo.");

    /// <param name="requestContext">What travels with the call that needs the activation.</param>
    public void Start(ImmutableDictionary<string, object>? requestContext) => Scheduler.Queue(() => _ = ActivateAsync(requestContext));

    public override ValueTask<TResult> InvokeAsync<TResult>(InterfaceMethod<TResult> method, object?[] arguments, GrainId? source)
    {
        var filters = _silo.IncomingFilters;
        return filters.Length == 0 && !Class.FiltersItsCalls
            ? method.InvokeAsync(_instance!, arguments)
            : IncomingGrainCall<TResult>.InvokeAsync(this, method, arguments, source, filters);
    }

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, _silo.Time, callback, options, _silo.Logger);
        bool ends;
        lock (_gate)
        {
            ends = _reason is not null && _active;
            if (!ends) _timers.Add(timer);
        }

        if (ends) timer.Dispose();
        else timer.Start();
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    /// <summary>From now on calls that descend from the one which runs, and carry its id, may interleave with it.</summary>
    public void EnterReentrantSection(Guid id) => Requests.EnterReentrantSection(id);

    public void LeaveReentrantSection(Guid id) => Requests.LeaveReentrantSection(id);

    public void DelayDeactivation(TimeSpan span)
    {
        lock (_gate) (_keepFrom, _keepFor) = (_silo.Time.GetTimestamp(), span);
    }

    /// <summary>True when nothing has used the activation for the age limit of its class.</summary>
    public bool IsStale()
    {
        if (Class.AgeLimit == Timeout.InfiniteTimeSpan || Requests.Idle() < Class.AgeLimit) return false;
        lock (_gate)
        {
            if (_keepFor == Timeout.InfiniteTimeSpan) return false;
            return _active && _silo.Time.GetElapsedTime(_keepFrom) >= _keepFor;
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reason is not null) return;
            _reason = deactivationReason;
            if (!_active) return;
        }

        BeginDeactivation();
    }

    /// <summary>A grain whose stored state was changed by another is out of date: its successor reads the state anew.</summary>
    public void DeactivateIfInconsistent(Exception error)
    {
        if (error is not InconsistentStateException { IsSourceActivation: true } inconsistent) return;
        inconsistent.IsSourceActivation = false;
        Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, error, "The stored state was changed by another activation."));
    }

    /// <summary>Gives up on an activation that does not end in time: its running requests stay behind, the waiting ones move on.</summary>
    public void Abandon() => Leave(error: null);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"activation of {GrainId} ({Class.Type})";

    private async Task ActivateAsync(ImmutableDictionary<string, object>? requestContext)
    {
        try
        {
            RequestContext.Import(requestContext);
            _scope = _silo.Services.CreateAsyncScope();
            await PrepareAsync();
        }
        catch (Exception error)
        {
            _silo.Logger.ActivationFailed(error, this);
            StopTimers();
            await DisposeAsync();
            Leave(error);
            return;
        }

        bool asked;
        lock (_gate)
        {
            _active = true;
            asked = _reason is not null;
        }

        if (asked) BeginDeactivation();
        else Requests.Open();
    }

    private async Task PrepareAsync()
    {
        using var limit = new CancellationTokenSource(_silo.Collection.ActivationTimeout, _silo.Time);
        try
        {
            _instance = await GrainConstructor.Of(Class.Type).CreateInstanceAsync(this, limit.Token);
            if (_instance is IGrainBase grain) await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException error) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The {this} did not start within {_silo.Collection.ActivationTimeout}.", error);
        }
    }

    private void BeginDeactivation()
    {
        // Stopping a timer runs what the grain registered on its token, so it is a turn; closing the queue must not wait for it.
        Scheduler.Queue(StopTimers);
        Requests.Drain(() => Scheduler.Queue(() => _ = DeactivateAsync()));
    }

    private async Task DeactivateAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(_silo.Collection.DeactivationTimeout, _silo.Time);
            if (_instance is IGrainBase grain) await grain.OnDeactivateAsync(_reason!.Value, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            _silo.Logger.DeactivationFailed(error, this);
        }

        StopTimers();
        await DisposeAsync();
        Leave(error: null);
    }

    private void Leave(Exception? error)
    {
        _silo.Catalog.Remove(this);
        foreach (var request in Requests.Close())
        {
            if (request is not Message message) continue;
            if (error is null) _silo.Messages.Forward(message);
            else message.Fail(error);
        }

        _deactivated.TrySetResult();
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
            _timers.Clear();
        }

        foreach (var timer in timers)
        {
            try
            {
                timer.Dispose();
            }
            catch (AggregateException error)
            {
                _silo.Logger.DeactivationFailed(error, this);
            }
        }
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else if (_instance is IDisposable disposable) disposable.Dispose();
            if (_scope.ServiceProvider is not null) await _scope.DisposeAsync();
        }
        catch (Exception error)
        {
            _silo.Logger.DeactivationFailed(error, this);
        }
    }
}
