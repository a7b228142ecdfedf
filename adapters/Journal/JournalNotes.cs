using Microsoft.Extensions.Logging;

namespace OrleansTrader.Adapters.Journal;

/// <summary>What the log says of a journal.</summary>
internal static partial class JournalNotes
{
    [LoggerMessage(LogLevel.Warning, "The head of the journal {Path} could not be moved to fact {Sequence}: {Problem}; what is cut off after the place where it stands would not show")]
    public static partial void LogHead(ILogger logger, string path, string problem, long sequence);

    [LoggerMessage(LogLevel.Warning, "The head of the journal {Path} was without a signature, as older versions wrote it, and is signed from now on, at fact {Sequence}; when this is said a second time, somebody has replaced it")]
    public static partial void LogSigned(ILogger logger, string path, long sequence);

    [LoggerMessage(LogLevel.Information, "The journal {Path} is chained from now on; as it was it stays beside it, as .v1")]
    public static partial void LogConverted(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "The journal {Path} ended in {Bytes} of an unfinished write, cut off and kept as {TornPath}; its last fact is {LastSequence}")]
    public static partial void LogTorn(ILogger logger, string path, string bytes, string tornPath, long lastSequence);
}
