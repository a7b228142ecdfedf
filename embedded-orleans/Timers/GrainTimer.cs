using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Ticks through the request queue of its activation. At most one tick is under way, and the period starts when it has ended.</summary>
internal sealed class GrainTimer : Request, IGrainTimer
{
    /// <summary>What a timer of the host can wait for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _disposed;

    public GrainTimer(
        Activation activation, TimeProvider time, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, ILogger logger)
    {
        Validate(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _logger = logger;
        _due = options.DueTime;
        _period = options.Period;
        AlwaysInterleave = options.Interleave;
        KeepsAlive = options.KeepAlive;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((GrainTimer)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override bool AlwaysInterleave { get; }

    public override bool ReadOnly => false;

    public override bool KeepsAlive { get; }

    public void Start() => Arm(_due);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _due = dueTime;
            _period = period;
            _changed = true;
            if (_ticking) return;
        }

        Arm(dueTime);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _timer.Dispose();
        _activation.Forget(this);
        _stopped.Cancel();
    }

    public override void Execute() => _ = ExecuteAsync();

    private static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime);
        Validate(period);
    }

    private static void Validate(TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan) return;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, LongestWait);
    }

    private async Task ExecuteAsync()
    {
        try
        {
            RequestContext.Clear();
            if (!_stopped.IsCancellationRequested) await _callback(_stopped.Token);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The tick gave up because its timer was stopped, as it should.
        }
        catch (Exception error)
        {
            _logger.TimerFailed(error, _activation.GrainId);
            _activation.DeactivateIfInconsistent(error);
        }

        TimeSpan next;
        lock (_gate)
        {
            var period = _period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : _period;
            next = _changed ? _due : period;
            _ticking = false;
            _changed = false;
        }

        _activation.Completed(this);
        Arm(next);
    }

    private void Arm(TimeSpan due)
    {
        if (due == TimeSpan.Zero) Tick();
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_disposed || _ticking) return;
            _ticking = true;
            _changed = false;
        }

        _activation.TryEnqueue(this);
    }
}
