using Microsoft.Extensions.Logging;
using OrleansTrader.Silo.Entries;

namespace OrleansTrader.Silo.Hosting;

/// <summary>
/// Says in one line when something begins to keep the account from opening any position, when that changes, and when it has ended; at
/// the pace of this machine, since a person reads it, however fast the market's time goes.
/// </summary>
internal sealed partial class EntryWatch(EntryObstacles obstacles, TradingSession session, ILogger<EntryWatch> log)
    : SteadyWatch(TimeProvider.System)
{
    private readonly EntryNews _news = new();
    private bool _isBlind;

    protected override async ValueTask LookAsync()
    {
        try
        {
            if (session.Found is not null) Tell(_news.Take(await obstacles.FindAsync()));
            _isBlind = false;
        }
        catch (Exception failed)
        {
            // A look ends no service: the account does not answer at present, which it says itself, and the next look is in a second.
            if (!_isBlind) LogMissed(log, failed.Message);
            _isBlind = true;
        }
    }

    private void Tell(string? news)
    {
        if (news is { Length: > 0 }) LogBlocked(log, news);
        else if (news is not null) LogClear(log);
    }

    [LoggerMessage(LogLevel.Warning, "What keeps the account from opening positions cannot be told: {Reason}")]
    private static partial void LogMissed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "No new positions: {Reasons}")]
    private static partial void LogBlocked(ILogger logger, string reasons);

    [LoggerMessage(LogLevel.Information, "Nothing stands against new positions of the account as a whole any more")]
    private static partial void LogClear(ILogger logger);
}
