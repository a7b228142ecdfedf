using System.CommandLine;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cli;

/// <summary>Runs a command; what a user can get wrong ends in one sentence on stderr and exit code 2.</summary>
internal static class CommandRunner
{
    private const int WrongInput = 2;
    private const int Cancelled = 130;

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
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperatorException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}");
            return WrongInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("cancelled");
            return Cancelled;
        }
    }
}
