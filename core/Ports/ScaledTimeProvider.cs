namespace OrleansTrader.Core.Ports;

/// <summary>Time that starts at a moment of one's choice and runs so many times as fast as that of another provider; timers keep to it.</summary>
/// <param name="inner">The time behind it.</param>
/// <param name="start">What it shows at first, UTC.</param>
/// <param name="speed">Above 0; 60 makes a minute of market pass in a second.</param>
public sealed class ScaledTimeProvider(TimeProvider inner, DateTimeOffset start, double speed) : TimeProvider
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly long _origin = inner.GetTimestamp();
    private readonly double _speed = speed > 0 && double.IsFinite(speed)
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, "Time runs forward.");

    /// <summary>How many seconds pass here in one second of the provider behind.</summary>
    public double Speed => _speed;

    /// <summary>Time that showed the same as the other provider at a moment, and has run so many times as fast since: whoever makes it of the same moment and speed, before or after a restart, has the same time.</summary>
    /// <param name="inner">Whose clock tells how long ago that was; from then on its steady time counts.</param>
    /// <param name="since">UTC.</param>
    public static ScaledTimeProvider Since(TimeProvider inner, DateTimeOffset since, double speed)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new ScaledTimeProvider(inner, since + ((inner.GetUtcNow() - since) * speed), speed);
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + Passed;

    /// <summary>As long a wait of the provider behind as that much time takes here; infinite stays infinite.</summary>
    public TimeSpan Behind(TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan || wait == TimeSpan.Zero) return wait;
        var scaled = wait / _speed;
        return scaled < ShortestWait ? ShortestWait : scaled;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, inner.CreateTimer(callback, state, Behind(dueTime), Behind(period)));

    private TimeSpan Passed => inner.GetElapsedTime(_origin) * _speed;

    private sealed class ScaledTimer(ScaledTimeProvider time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Behind(dueTime), time.Behind(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
