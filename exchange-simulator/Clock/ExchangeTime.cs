namespace OrleansTrader.ExchangeSimulator.Clock;

/// <summary>The moment at which the exchange does what it does: that of a tick of the market, or of a request.</summary>
internal sealed class ExchangeTime
{
    /// <summary>UTC, whole microseconds.</summary>
    public DateTime Now
    {
        get;
        set => field = new DateTime(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}
