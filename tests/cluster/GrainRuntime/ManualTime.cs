namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A clock that moves only when the test says so. Timers that fall due run on the thread that moves it, in order of time.</summary>
public sealed class ManualTime : TimeProvider
{
    // Orleans compares some of its times with the real clock, so the test's begins there.
    private static readonly DateTimeOffset Start = System.GetUtcNow();

    // As the real clock's timers.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Set)> _waiters = [];
    private DateTimeOffset _now = Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (NextDue(end) is { } timer) timer.Fire();
        lock (_gate) _now = end;
    }

    /// <summary>Waits until a timer is set that fires once, after that time from now.</summary>
    public Task TimerSet(TimeSpan due)
    {
        lock (_gate)
        {
            if (IsSet(due)) return Task.CompletedTask;
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((due, set));
            return set.Task.Soon();
        }
    }

    private bool IsSet(TimeSpan due) => _timers.Exists(timer => timer.Period <= TimeSpan.Zero && timer.DueAt == _now + due);

    private void Wake()
    {
        foreach (var waiter in _waiters.Where(waiter => IsSet(waiter.Due)).ToList())
        {
            _waiters.Remove(waiter);
            waiter.Set.SetResult();
        }
    }

    private Timer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (next is null) return null;
            if (next.DueAt > _now) _now = next.DueAt!.Value;
            next.DueAt = next.Period > TimeSpan.Zero ? next.DueAt + next.Period : null;
            return next;
        }
    }

    private sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, LongestWait);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestWait);
            lock (time._gate)
            {
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                Period = period;
                if (dueTime == TimeSpan.Zero && period <= TimeSpan.Zero)
                {
                    DueAt = null;
                    ThreadPool.QueueUserWorkItem(_ => Fire());
                }

                if (!time._timers.Contains(this)) time._timers.Add(this);
                time.Wake();
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                DueAt = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
