using Microsoft.Extensions.Logging;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>What the log says of a server that is away, and of an account that is lost to another service.</summary>
internal static partial class KeeperNotes
{
    [LoggerMessage(LogLevel.Warning, "{Obstacle}")]
    public static partial void LogAway(ILogger logger, string obstacle);

    [LoggerMessage(LogLevel.Warning, "{Server} is back and has everything, {Facts} of the time without it included; positions are opened again")]
    public static partial void LogBack(ILogger logger, string server, string facts);

    [LoggerMessage(LogLevel.Error, "What was written while PostgreSQL was away could not be brought to it and will be tried again: {Problem}")]
    public static partial void LogNotMerged(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Critical, "{Problem}")]
    public static partial void LogLost(ILogger logger, string problem);
}
