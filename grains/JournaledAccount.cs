using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>An account whose every turn is in the journal before anybody learns of it; one that fails stands still and says why.</summary>
internal sealed partial class JournaledAccount(string name, IJournal journal, IPersistentState<AccountSnapshot> snapshot, ILogger log)
{
    private Account _account = new(new AccountState(), explains: true);
    private DateTime _snapshotTime;
    private Task _writing = Task.CompletedTask;

    public AccountState State => _account.State;

    public AccountHistory History { get; private set; } = new(new EquityCurve(), new PerformanceBook(), new AccountState());

    /// <summary>What the exchange is to be asked after the latest turn.</summary>
    public ReadOnlySpan<Core.Market.OrderRequest> Requests => _account.Requests;

    /// <summary>True when the latest turn has changed something.</summary>
    public bool HasChanged => !_account.Facts.IsEmpty;

    /// <summary>Why the account cannot be told any more; null while it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes the account from its snapshot and journal.</summary>
    /// <param name="prepare">Gives it the rules that it trades by.</param>
    /// <returns>False when it fails, which <see cref="Problem"/> tells.</returns>
    public async Task<bool> LoadAsync(Action<Account> prepare, CancellationToken cancellation)
    {
        try
        {
            snapshot.State.Account.Name = name;
            (_account, History) = await AccountRecovery.RebuildAsync(snapshot.State, journal, cancellation);
            prepare(_account);
            _snapshotTime = State.StepTime;
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whoever calls is told why, and says it where it is seen.
            Break(error, LogLevel.Information);
            return false;
        }
    }

    /// <summary>Lets the account act and makes the facts durable; when either fails it stands still from then on.</summary>
    public async Task<bool> TurnAsync<TInput>(TInput input, Action<Account, TInput> act)
    {
        if (Problem is not null) return false;
        try
        {
            _account.BeginTurn();
            act(_account, input);
            if (_account.Facts.IsEmpty) return true;
            var batch = AccountRecovery.BatchOf(State, _account.Facts);
            _writing = journal.AppendAsync(name, batch, CancellationToken.None).AsTask();
            await _writing;
            History.Add(batch);
            foreach (var notice in History.NewsFrom(batch.FirstSequence))
                if (notice.Level is "alarm")
                    LogAlarm(log, notice.Text);
            return true;
        }
        catch (Exception error)
        {
            Break(error, LogLevel.Error);
            return false;
        }
    }

    /// <summary>Gives what was seen while a turn was under way once that turn is in the journal, or has failed.</summary>
    public async Task<TView> ToldAsync<TView>(TView view)
    {
        await _writing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return view;
    }

    /// <summary>Shortens the next start, when a step was done since the last time.</summary>
    public async Task SaveSnapshotAsync()
    {
        // A snapshot lies with the journal, and is never ahead of it.
        if (Problem is not null || _snapshotTime == State.StepTime || journal.Obstacle is not null) return;
        await snapshot.WriteStateAsync();
        await journal.CoveredAsync(name, State.Sequence);
        _snapshotTime = State.StepTime;
    }

    [LoggerMessage(LogLevel.Warning, "{Alarm}")]
    private static partial void LogAlarm(ILogger logger, string alarm);

    private void Break(Exception error, LogLevel level)
    {
        Problem = error is OperatorException ? error.Message : $"Account {name} failed: {error.Message}";
        log.Log(level, error, "Account {Account} stands as its journal has it and starts again: {Problem}", name, Problem);
    }
}
