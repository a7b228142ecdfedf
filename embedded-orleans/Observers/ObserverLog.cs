using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>What observer subscriptions write to the log.</summary>
internal static partial class ObserverLog
{
    [LoggerMessage(20, LogLevel.Debug, "Observer left: {Observer}")]
    public static partial void ObserverLeft(this ILogger logger, object observer);

    [LoggerMessage(21, LogLevel.Warning, "Observer dropped because it failed: {Observer}")]
    public static partial void ObserverFailed(this ILogger logger, Exception error, object observer);
}
