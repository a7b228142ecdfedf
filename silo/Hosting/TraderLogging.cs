using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OrleansTrader.Adapters.Storage;
using Serilog;
using Serilog.Formatting.Display;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Logs: short lines on the console, everything in daily files that are kept for two weeks; in neither a secret.</summary>
internal static class TraderLogging
{
    private const int FilesKept = 14;
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}";

    /// <exception cref="StateFolderException">The folder of the logs cannot be created.</exception>
    public static void AddTraderLogging(this IHostApplicationBuilder builder, string folder)
    {
        Create(folder);
        Redaction.Know(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = BriefConsole.FormatterName);
        builder.Logging.AddConsoleFormatter<BriefConsole, ConsoleFormatterOptions>();
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft", LogLevel.Warning);
        // What keeps a grain from coming up reaches whoever calls it, who says it.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Orleans", LogLevel.Error);
        // A filter is a prefix, and this service's own names begin alike.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("OrleansTrader", LogLevel.Information);
        // What a grain cannot do it answers, and says as an error only what nobody asked for.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("OrleansTrader.Grains", LogLevel.Warning);
        // The host prints a start that failed with its stack; the program says it in one sentence instead.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft.AspNetCore", Serilog.Events.LogEventLevel.Warning)
                .WriteTo.File(
                    new CleanText(new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture)),
                    Path.Combine(folder, "trader-.log"),
                    rollingInterval: RollingInterval.Day,
                    retainedFileCountLimit: FilesKept,
                    shared: false)
                .CreateLogger(),
            dispose: true);
    }

    // The file sink would go on without a word, and nobody could find out afterwards what had happened.
    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The folder {folder} for the logs cannot be created: {failed.Message.TrimEnd('.')}; make the state folder writable, or set another one.", failed);
        }
    }
}
