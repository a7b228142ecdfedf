using Spectre.Console;

namespace OrleansTrader.Cli;

/// <summary>A progress bar on stderr where that is a terminal; silence where it is not.</summary>
internal static class RunProgress
{
    /// <param name="work">Gets the action to call with the share that is done, 0 to 1.</param>
    public static async Task<T> ShowAsync<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(enabled: true).StartAsync(async context =>
        {
            var bar = context.AddTask(title);
            return await work(share => bar.Value = share * bar.MaxValue);
        });
    }
}
