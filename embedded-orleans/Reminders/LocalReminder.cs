using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>An armed reminder and the time of its next tick.</summary>
internal sealed class LocalReminder : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset _dueAt;

    public LocalReminder(ReminderEntry entry, TimeProvider time, Action<LocalReminder> due)
    {
        Entry = entry;
        _time = time;
        _dueAt = entry.StartAt;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(_ => due(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    private void Arm()
    {
        var wait = _dueAt - _time.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
