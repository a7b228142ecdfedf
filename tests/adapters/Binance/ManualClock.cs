namespace OrleansTrader.Adapters.Tests.Binance;

/// <summary>A clock that stands until it is moved; timers ring while it moves, in their order.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks;

    /// <summary>What the wall clock shows at the start of the steady one; may be set while time goes on.</summary>
    public DateTimeOffset Origin { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Origin + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_gate) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for so long from now.</summary>
    public async Task UntilWaitedForAsync(TimeSpan length, CancellationToken cancellation)
    {
        while (true)
        {
            lock (_gate)
                if (_timers.Exists(timer => timer.Due == Elapsed + length))
                    return;
            await Task.Delay(1, cancellation);
        }
    }

    public void Advance(TimeSpan span)
    {
        var target = Elapsed + span;
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, (next?.Due ?? target).Ticks));
                next?.Rang();
            }

            if (next is null) return;
            next.Ring();
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action ring) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public void Ring() => ring();

        public void Rang() => Due = _period > TimeSpan.Zero ? Due + _period : TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.Elapsed + dueTime;
                _period = period;
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
