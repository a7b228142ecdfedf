using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrleansTrader.Silo.Hosting;

/// <summary>One line an event on the console: an error says its message there, and its stack stands in the log file only.</summary>
internal sealed class BriefConsole(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "brief";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } error) text = $"{text}: {error.Message}";
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():HH:mm:ss} {Level(logEntry.LogLevel)}: {logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]}: {Redaction.Clean(text).ReplaceLineEndings(" ")}"));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };
}
