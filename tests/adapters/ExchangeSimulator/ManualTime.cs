namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime(DateTime start) : TimeProvider
{
    private long _ticks = start.Ticks;

    public DateTime Now => new(Interlocked.Read(ref _ticks), DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => new(Now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
