namespace OrleansTrader.Adapters.Postgres;

/// <summary>Does something again and again until it is stopped.</summary>
internal static class Heartbeat
{
    /// <summary>Ends, without an exception, when it is stopped.</summary>
    public static async Task RunAsync(TimeSpan period, Action beat, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) beat();
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
