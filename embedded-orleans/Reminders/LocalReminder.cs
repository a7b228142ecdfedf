using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>An armed reminder and the time of its next tick.</summary>
internal sealed class LocalReminder : IDisposable
{
    /// <summary>A timer of the host can wait for seven weeks at the most; a reminder for years.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly Action<LocalReminder> _due;
    private readonly ITimer _timer;
    private DateTimeOffset _dueAt;

    public LocalReminder(ReminderEntry entry, TimeProvider time, Action<LocalReminder> due)
    {
        Entry = entry;
        (_time, _due) = (time, due);
        _dueAt = entry.StartAt;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((LocalReminder)self!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public ReminderEntry Entry { get; }

    /// <summary>Waits for the tick after the ones that were missed while no silo ran.</summary>
    public void StartAfterMissed()
    {
        SkipPast();
        Arm();
    }

    public void Start() => Arm();

    public void Next()
    {
        _dueAt += Entry.Period;
        SkipPast();
        Arm();
    }

    public void Dispose() => _timer.Dispose();

    private void SkipPast()
    {
        var late = _time.GetUtcNow() - _dueAt;
        if (late > TimeSpan.Zero) _dueAt += Entry.Period * Math.Ceiling(late / Entry.Period);
    }

    private void Wake()
    {
        if (Wait() < LongestWait) _due(this);
        else Arm();
    }

    private void Arm()
    {
        var wait = Wait();
        _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Wait()
    {
        var wait = _dueAt - _time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
