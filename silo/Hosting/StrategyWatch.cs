using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>
/// Looks after the folder of the owner's strategies while the service runs: a changed file holds from the next step on, and one that
/// cannot be used leaves things as they are and is told.
/// </summary>
internal sealed partial class StrategyWatch(TraderSettings settings, StrategyInForce strategies, TimeProvider time, ILogger<StrategyWatch> log) : IHostedService, IDisposable
{
    /// <summary>From one look to the next, and so the rest that a file needs after it was written.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly StrategyFolder _folder = settings.StrategyFiles ?? new(settings.Account.StrategyFolder, settings.Market.Interval);
    private readonly Lock _looking = new();
    private StrategyLibrary _library = settings.Strategies;
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in _library.Problems) LogProblem(log, problem.Text);
        // Of a folder whose strategies nobody chose only what is wrong is of interest, and the start does not wait for that.
        if (strategies.Choice.Entry.File.Length > 0) _timer = time.CreateTimer(_ => Look(), state: null, Period, Period);
        else _ = Task.Run(TellProblems, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Takes over what has changed since the look before, if it has come to rest.</summary>
    public void Look()
    {
        // The compiler may take longer than the timer waits.
        if (!_looking.TryEnter()) return;
        try
        {
            if (_folder.LoadIfChanged() is { } library) Take(library);
        }
        catch (Exception failed)
        {
            // On a timer it would end the process.
            Keep(strategies.Choice, $"{settings.Account.StrategyFolder} cannot be read: {failed.Message}");
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void TellProblems()
    {
        try
        {
            foreach (var problem in _folder.Load().Problems) LogProblem(log, problem.Text);
        }
        catch (Exception failed)
        {
            LogProblem(log, $"{settings.Account.StrategyFolder} cannot be read: {failed.Message}");
        }
    }

    private void Take(StrategyLibrary library)
    {
        var now = strategies.Choice;
        foreach (var problem in library.Problems.Except(_library.Problems))
            if (!string.Equals(problem.File, now.Entry.File, StringComparison.Ordinal))
                LogProblem(log, problem.Text);
        foreach (var file in _library.Problems.Select(problem => problem.File).Distinct(StringComparer.Ordinal).Except(library.Problems.Select(problem => problem.File), StringComparer.Ordinal))
            if (!string.Equals(file, now.Entry.File, StringComparison.Ordinal) && library.Entries.Any(entry => string.Equals(entry.File, file, StringComparison.Ordinal)))
                LogMended(log, file);
        _library = library;
        if (library.Find(now.Entry.Name) is not { } entry)
        {
            var reasons = library.Problems.Where(problem => string.Equals(problem.File, now.Entry.File, StringComparison.Ordinal)).Select(problem => problem.Text);
            Keep(now, string.Join(' ', reasons.DefaultIfEmpty($"{now.Entry.File} has no strategy {now.Entry.Name} any more.")));
        }
        else if (settings.ProblemsWith(entry) is { Count: > 0 } problems)
        {
            Keep(now, string.Join(' ', problems));
        }
        else if (string.Equals(entry.Version, now.Entry.Version, StringComparison.Ordinal))
        {
            if (strategies.Problem is not null) LogMended(log, entry.File);
            strategies.Keep(problem: null);
        }
        else
        {
            strategies.Replace(settings.ChoiceOf(entry));
            LogChange(log, entry.Name, now.Entry.Version, entry.Version);
        }
    }

    private void Keep(StrategyChoice now, string reason)
    {
        var problem = $"Version {now.Entry.Version} goes on: {reason}";
        if (string.Equals(problem, strategies.Problem, StringComparison.Ordinal)) return;
        strategies.Keep(problem);
        LogKept(log, now.Key, reason);
    }

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Warning, "{Strategy} goes on as it was: {Reason}")]
    private static partial void LogKept(ILogger logger, string strategy, string reason);

    [LoggerMessage(LogLevel.Information, "{File} can be used again")]
    private static partial void LogMended(ILogger logger, string file);

    [LoggerMessage(LogLevel.Information, "{Strategy} has changed from version {Before} to {After}, which trades from the next step on")]
    private static partial void LogChange(ILogger logger, string strategy, string before, string after);
}
