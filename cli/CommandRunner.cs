using System.CommandLine;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary>Runs a command; what a user can get wrong ends in one sentence on stderr and exit code 2.</summary>
internal static class CommandRunner
{
    private const int WrongInput = 2;
    private const int Cancelled = 130;

    /// <summary>After that a cancelled run is ended where it is.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>What the command does; it gives the exit code.</summary>
    public static void Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            // Ctrl+C is listened to when an action first waits: the reading of files would come before that.
            await Task.Yield();
            return await action(parsed, cancellation);
        });

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"error: {error.Message}");
            await Console.Error.WriteLineAsync("Add --help to see what is possible.");
            return WrongInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToStop });
        }
        catch (OperatorException error)
        {
            foreach (var line in error.Message.Split(Environment.NewLine)) await Console.Error.WriteLineAsync(Redaction.Clean($"error: {line}"));
            return WrongInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("cancelled");
            return Cancelled;
        }
    }
}
