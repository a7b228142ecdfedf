using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>What the runtime writes to the log.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Warning, "Activating failed: {Activation}")]
    public static partial void ActivationFailed(this ILogger logger, Exception error, Activation activation);

    [LoggerMessage(2, LogLevel.Warning, "OnDeactivateAsync or dispose failed: {Activation}")]
    public static partial void DeactivationFailed(this ILogger logger, Exception error, Activation activation);

    [LoggerMessage(3, LogLevel.Warning, "Left behind because it did not end in time: {Activation}")]
    public static partial void ActivationAbandoned(this ILogger logger, Activation activation);

    [LoggerMessage(4, LogLevel.Error, "A timer callback of {Grain} failed; the timer goes on")]
    public static partial void TimerFailed(this ILogger logger, Exception error, GrainId grain);

    [LoggerMessage(5, LogLevel.Warning, "The one-way call {Call} failed")]
    public static partial void OneWayCallFailed(this ILogger logger, Exception error, string call);

    [LoggerMessage(6, LogLevel.Error, "The reminder {Reminder} of {Grain} failed; it comes again after its period")]
    public static partial void ReminderFailed(this ILogger logger, Exception error, string reminder, GrainId grain);

    [LoggerMessage(7, LogLevel.Warning, "A callback of the cancelled token failed in the call {Call}")]
    public static partial void CancellationFailed(this ILogger logger, Exception error, string call);
}
