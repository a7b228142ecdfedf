using System.Globalization;
using Microsoft.Extensions.Logging;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Says when somebody has set the clock back: times of commands and logins are then out of order, while trades go by the times of bars.</summary>
public sealed partial class ClockWatch(TimeProvider clock, ILogger<ClockWatch> log) : SteadyWatch(clock)
{
    /// <summary>Less is what a clock that is kept right does every day.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(1);

    private DateTimeOffset _time = clock.GetUtcNow();
    private long _timestamp = clock.GetTimestamp();

    /// <summary>Looks whether the clock stands behind where it must be by the time that has passed.</summary>
    /// <returns>By how much it was set back; zero when it was not.</returns>
    public TimeSpan Look()
    {
        var (time, timestamp) = (Clock.GetUtcNow(), Clock.GetTimestamp());
        var back = _time + Clock.GetElapsedTime(_timestamp, timestamp) - time;
        (_time, _timestamp) = (time, timestamp);
        if (back <= Tolerated) return TimeSpan.Zero;
        LogBack(log, back.ToString("c", CultureInfo.InvariantCulture), time.UtcDateTime);
        return back;
    }

    protected override ValueTask LookAsync()
    {
        Look();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "The clock of this machine was set back by {Back}, to {Time:u}; the times of commands and logins are out of order from here, trading goes by the times of bars")]
    private static partial void LogBack(ILogger logger, string back, DateTime time);
}
