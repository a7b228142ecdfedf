namespace OrleansTrader.ExchangeSimulator.Limits;

/// <summary>Counts within spans of time that begin at multiples of their length.</summary>
internal sealed class FixedWindow(TimeSpan length)
{
    private long _number;
    private int _used;

    public int UsedAt(DateTime now)
    {
        var number = now.Ticks / length.Ticks;
        if (number != _number) (_number, _used) = (number, 0);
        return _used;
    }

    /// <summary>Adds, or gives back below 0; never below nothing.</summary>
    public int Add(int count, DateTime now) => _used = Math.Max(0, UsedAt(now) + count);

    public DateTime EndAt(DateTime now) => new(((now.Ticks / length.Ticks) + 1) * length.Ticks, DateTimeKind.Utc);
}
