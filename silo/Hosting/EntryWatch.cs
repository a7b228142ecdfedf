using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Silo.Entries;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Says in one line when something begins to keep the account from opening any position, when that changes, and when it has ended.</summary>
internal sealed partial class EntryWatch(EntryObstacles obstacles, TradingSession session, ILogger<EntryWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private EntryObstacleKind[] _seen = [];
    private EntryObstacleKind[] _told = [];

    /// <summary>Takes what stands in the way; what is gone at the next look was none.</summary>
    /// <returns>What was said, empty where nothing stands in the way any more; null when there was nothing new.</returns>
    public string? Take(IReadOnlyList<EntryObstacle> found)
    {
        var lasting = found.Where(obstacle => !obstacle.IsDailyBusiness).ToList();
        EntryObstacleKind[] kinds = [.. lasting.Select(obstacle => obstacle.Kind)];
        var isSeenAgain = kinds.SequenceEqual(_seen);
        _seen = kinds;
        if (!isSeenAgain || kinds.SequenceEqual(_told)) return null;
        _told = kinds;
        if (kinds.Length == 0)
        {
            LogClear(log);
            return "";
        }

        var reasons = string.Join(' ', lasting.Select(obstacle => obstacle.Text));
        LogBlocked(log, reasons);
        return reasons;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // At the pace of this machine: a person reads it, however fast the market's time goes.
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (session.Found is not null) Take(await obstacles.FindAsync());
            }
            catch (Exception)
            {
                // The account does not answer at present, which it says itself; the next look is in a second.
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "No new positions: {Reasons}")]
    private static partial void LogBlocked(ILogger logger, string reasons);

    [LoggerMessage(LogLevel.Information, "Nothing stands against new positions any more")]
    private static partial void LogClear(ILogger logger);
}
