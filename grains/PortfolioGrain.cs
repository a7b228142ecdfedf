using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IPortfolioGrain"/>
[KeepAlive]
public sealed class PortfolioGrain(
    IJournal journal,
    [PersistentState("account", "accounts")] IPersistentState<AccountSnapshot> snapshot,
    ILogger<PortfolioGrain> log) : Grain, IPortfolioGrain
{
    private static readonly TimeSpan SnapshotPeriod = TimeSpan.FromSeconds(5);

    private AccountHistory _history = new(new EquityCurve());
    private Account _account = new(new AccountState(), explains: true);
    private DateTime _snapshotTime;

    /// <summary>Why the account cannot be told any more; this activation does nothing from then on, and the next begins with the journal.</summary>
    private string? _problem;

    /// <summary>
    /// The strategy knows where this activation stands. Until then no step goes on: an activation that begins with the journal
    /// is behind by the bars that nothing was written about, and they have to come again.
    /// </summary>
    private bool _isLed;

    private string Name => this.GetPrimaryKeyString();

    private AccountState State => _account.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            snapshot.State.Account.Name = Name;
            (_account, _history) = await AccountRecovery.RebuildAsync(snapshot.State, journal, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whoever calls is told why, and says it where it is seen.
            Break(error, LogLevel.Information);
            return;
        }

        _snapshotTime = State.StepTime;
        this.RegisterGrainTimer(SaveSnapshotAsync, new GrainTimerCreationOptions(SnapshotPeriod, SnapshotPeriod));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => SaveSnapshotAsync();

    public async Task<OpenOutcome> OpenAsync(AccountOpening opening)
    {
        // Nothing is written down for a market that the account cannot go on with.
        if (AccountStages.ObstacleTo(State, opening) is { } obstacle) return obstacle;
        return await TurnAsync(opening, AccountStages.Open) ? OpenOutcome.Open(State.Market) : OpenOutcome.Failed(_problem!);
    }

    public async Task<SettleOutcome> ApplyAsync(ImmutableArray<ExecutionReport> reports, DateTime stepTime)
    {
        // Before the account is looked at: while a grain waits for another, it may be asked for something else.
        var limits = await LimitsAsync();
        var isAhead = stepTime > State.StepTime && !_isLed;
        var isBooked = !isAhead && await TurnAsync((reports, stepTime, limits), static (account, input) => AccountStages.Settle(account, input.reports, input.stepTime, input.limits));
        return isBooked ? new SettleOutcome(StepOutcome.Done, [.. _account.Requests]) : new SettleOutcome(StepOutcome.Failed, []);
    }

    public async Task<StepOutcome> DecideAsync(DecisionInput input)
    {
        var limits = await LimitsAsync();
        if (!_isLed || !await TurnAsync((input, limits), static (account, step) => AccountStages.Decide(account, step.input, step.limits))) return StepOutcome.Failed;
        _history.Equity.Add(input.Time, State.Equity.Latest);
        await HandOverAsync();
        return StepOutcome.Done;
    }

    public async Task<ControlOutcome> SetRunStateAsync(RunState run)
    {
        if (_problem is null && State.Sequence == 0) return ControlOutcome.Failed;
        if (_problem is null && State.Run == run) return ControlOutcome.Unchanged;
        if (!await TurnAsync(run, static (account, run) => account.SetRunState(run, account.State.StepTime))) return ControlOutcome.Failed;
        await HandOverAsync();
        return ControlOutcome.Done;
    }

    public Task<ControlOutcome> AgreeAsync(string terms) => CommandAsync(terms, static (account, agreed) => account.Agree(agreed, account.State.StepTime));

    public Task<ControlOutcome> PullKillSwitchAsync() => CommandAsync(0L, static (account, _) => account.PullKillSwitch(account.State.StepTime));

    public Task<ControlOutcome> ReleaseKillSwitchAsync() => CommandAsync(0L, static (account, _) => account.ReleaseKillSwitch(account.State.StepTime));

    public Task<ControlOutcome> LiftLockAsync(long id) => CommandAsync(id, static (account, number) => account.LiftLock(number, account.State.StepTime));

    public async Task<ControlOutcome> LiftLimitAsync(RefusalCode limit)
    {
        var limits = await LimitsAsync();
        return await CommandAsync((limit, limits), static (account, command) =>
        {
            account.Use(command.limits);
            account.LiftLimit(command.limit, account.State.StepTime);
        });
    }

    public async Task<RiskView> RiskAsync() => RiskViews.ViewOf(State, await LimitsAsync());

    public Task<ResumePoint> ResumePointAsync()
    {
        _isLed = IsSound();
        return Task.FromResult(new ResumePoint(_isLed, State.ResumeAfter, _problem ?? ""));
    }

    public Task<AccountState?> CopyStateAsync() => Task.FromResult(IsSound() ? State.Copy() : null);

    public Task<PortfolioView> ViewAsync() => Task.FromResult(AccountViews.ViewOf(State, _history.Equity.DayBegin, IsSound() ? null : _problem));

    public Task<HistoryView> HistoryAsync(long afterSequence, int limit) => Task.FromResult(_history.View(afterSequence, limit));

    private async Task<ControlOutcome> CommandAsync<TInput>(TInput input, Action<Account, TInput> act)
    {
        if (_problem is null && State.Sequence == 0) return ControlOutcome.Failed;
        if (!await TurnAsync(input, act)) return ControlOutcome.Failed;
        if (_account.Facts.IsEmpty) return ControlOutcome.Unchanged;
        await HandOverAsync();
        return ControlOutcome.Done;
    }

    private Task<RiskLimits> LimitsAsync() => GrainFactory.GetGrain<IRiskGrain>(Name).LimitsAsync();

    /// <summary>Lets the account act and makes the facts durable; when either fails the activation and its state are thrown away.</summary>
    private async Task<bool> TurnAsync<TInput>(TInput input, Action<Account, TInput> act)
    {
        if (!IsSound()) return false;
        try
        {
            _account.BeginTurn();
            act(_account, input);
            if (_account.Facts.IsEmpty) return true;
            var batch = AccountRecovery.BatchOf(State, _account.Facts);
            await journal.AppendAsync(Name, batch, CancellationToken.None);
            _history.Add(batch);
            return true;
        }
        catch (Exception error)
        {
            // It stays until it has told why, to the next who asks.
            Break(error, LogLevel.Error);
            return false;
        }
    }

    /// <summary>Hands the exchange what the account asks of it, now that it is written down.</summary>
    private Task HandOverAsync() =>
        _account.Requests.IsEmpty ? Task.CompletedTask : GrainFactory.GetGrain<IExchangeGrain>(Name).EnqueueAsync([.. _account.Requests], State.StepTime);

    /// <summary>Whoever learns that this activation is of no use is the last to be answered by it.</summary>
    private bool IsSound()
    {
        if (_problem is null) return true;
        DeactivateOnIdle();
        return false;
    }

    private void Break(Exception error, LogLevel level)
    {
        _problem = error is OperatorException ? error.Message : $"Account {Name} failed: {error.Message}";
        log.Log(level, error, "Account {Account} stands as its journal has it and starts again: {Problem}", Name, _problem);
    }

    private async Task SaveSnapshotAsync()
    {
        if (_problem is not null || _snapshotTime == State.StepTime) return;
        await snapshot.WriteStateAsync();
        _snapshotTime = State.StepTime;
    }
}
