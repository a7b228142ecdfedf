using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Hosting;
using Spectre.Console;

namespace OrleansTrader.Cli;

/// <summary>
/// How far a download has come, on stderr: a bar with the time that is left where that is a terminal, and otherwise a line every ten
/// seconds.
/// </summary>
internal sealed class DownloadDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly IAnsiConsole? _console;
    private readonly ProgressContext? _context;
    private ProgressTask? _bar;
    private string _title = "";
    private long _start;
    private long _told;

    private DownloadDisplay(IAnsiConsole? console, ProgressContext? context) => (_console, _context) = (console, context);

    public static async Task ShowAsync(Func<DownloadDisplay, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(new DownloadDisplay(console: null, context: null));
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new DownloadDisplay(console, context)));
    }

    /// <summary>The next part of the work; what is given back takes the share that is done, 0 to 1.</summary>
    public Action<double> Begin(string title)
    {
        (_title, _start, _told) = (title, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        _bar = _context?.AddTask(title);
        return Show;
    }

    /// <summary>The part is done.</summary>
    public void End()
    {
        if (_bar is not { } bar) return;
        bar.Value = bar.MaxValue;
        bar.StopTask();
    }

    public void Warn(string sentence) => Write("warning: " + sentence);

    public void Error(string sentence) => Write("error: " + sentence);

    private void Show(double share)
    {
        lock (_gate)
        {
            if (_bar is { } bar)
            {
                bar.Value = Math.Max(bar.Value, share * bar.MaxValue);
                return;
            }

            if (share <= 0 || Stopwatch.GetElapsedTime(_told) < Pause) return;
            _told = Stopwatch.GetTimestamp();
            var left = Stopwatch.GetElapsedTime(_start) * ((1 - share) / share);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_title}: {share * 100:0} %, about {(left.TotalMinutes < 2 ? Counted.Of((decimal)left.TotalSeconds, "second") : Counted.Of((decimal)left.TotalMinutes, "minute"))} left"));
        }
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            var clean = Redaction.Clean(line);
            if (_console is null) Console.Error.WriteLine(clean);
            else _console.WriteLine(clean);
        }
    }
}
