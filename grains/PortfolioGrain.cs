using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IPortfolioGrain"/>
[KeepAlive]
public sealed class PortfolioGrain(
    IJournal journal,
    [PersistentState("account", "accounts")] IPersistentState<AccountSnapshot> snapshot,
    ExitRules exits, AllocationTargets targets, PositionLooks looks,
    TimeProvider clock, ILogger<PortfolioGrain> log) : Grain, IPortfolioGrain
{
    private static readonly TimeSpan SnapshotPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Once it fails, this activation does nothing any more, and the next begins with the journal.</summary>
    private JournaledAccount _account = null!;

    /// <summary>The strategy knows where this activation stands. No step goes on before that: the bars that nothing was written about have to come again.</summary>
    private bool _isLed;

    private string Name => this.GetPrimaryKeyString();

    private AccountState State => _account.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = new JournaledAccount(Name, journal, snapshot, log);
        if (!await _account.LoadAsync(account => AccountStages.Prepare(account, exits, targets), cancellationToken)) return;
        this.RegisterGrainTimer(_account.SaveSnapshotAsync, new GrainTimerCreationOptions(SnapshotPeriod, SnapshotPeriod));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _account.SaveSnapshotAsync();

    public async Task<OpenOutcome> OpenAsync(AccountOpening opening) =>
        // Nothing is written down for a market that the account cannot go on with.
        AccountStages.ObstacleTo(State, opening) ?? (await TurnAsync((opening, limits: await LimitsAsync()), static (account, input) => AccountStages.Open(account, input.opening, input.limits)) ? OpenOutcome.Open(State.Market) : OpenOutcome.Failed(_account.Problem!));

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
        var (limits, look) = (await LimitsAsync(), looks.Of(input.Strategy));
        if (!_isLed || AccountStages.LacksCloses(State, input, limits, look)) return StepOutcome.Failed;
        var known = journal.Obstacle is null ? input : input.WithoutStore();
        if (!await TurnAsync((known, limits, look), static (account, step) => AccountStages.Decide(account, step.known, step.limits, step.look))) return StepOutcome.Failed;
        _account.History.Mark(input.Time, State.Equity.Latest);
        await HandOverAsync();
        return StepOutcome.Done;
    }

    public Task<ControlOutcome> SetRunStateAsync(RunState run) => CommandAsync(run, static (account, run, time) => account.SetRunState(run, time));

    public Task<ControlOutcome> PullKillSwitchAsync() => CommandAsync(0L, static (account, _, time) => account.PullKillSwitch(time));

    public Task<ControlOutcome> ReleaseKillSwitchAsync() => CommandAsync(0L, static (account, _, time) => account.ReleaseKillSwitch(time));

    public Task<ControlOutcome> ArmAsync(AccountCommand by) => CommandAsync(by, ArmingBook.Arm);

    public Task<ControlOutcome> DisarmAsync(AccountCommand by) => CommandAsync(by, ArmingBook.Disarm);

    public Task<ControlOutcome> LiftLockAsync(long id) => CommandAsync(id, static (account, number, time) => account.LiftLock(number, time));

    public async Task<ControlOutcome> LiftLimitAsync(RefusalCode limit) =>
        await CommandAsync((limit, limits: await LimitsAsync()), static (account, lifted, time) => AccountStages.Lift(account, lifted.limit, lifted.limits, time));

    public async Task<LimitsOutcome> ChangeLimitsAsync(ImmutableSortedDictionary<string, string> values)
    {
        var limits = LimitsEdit.Apply(await LimitsAsync(), values, out var problems);
        if (problems.Length > 0) return new LimitsOutcome(ControlOutcome.Failed, problems);
        return new LimitsOutcome(await CommandAsync((limits, At: clock.GetUtcNow().UtcDateTime), static (account, change, time) => account.SetLimits(change.limits, LimitsOrigin.Owner, time, change.At)), []);
    }

    public Task<ControlOutcome> NoteAsync(AccountCommand command) => CommandAsync(command, CommandBook.Note);

    public Task<ControlOutcome> AgreeAsync(string strategy, string terms) => CommandAsync((strategy, terms), static (account, agreed, time) => account.Agree(agreed.strategy, agreed.terms, time));

    public async Task<FundsOutcome> ResetAsync(decimal cash) => !State.IsIdle ? FundsOutcome.NotIdle
        : await CommandAsync(cash, static (account, amount, time) => account.Reset(amount, time)) == ControlOutcome.Done ? FundsOutcome.Done : FundsOutcome.Failed;

    public Task<RebalancePlan> RebalancePlanAsync() => Task.FromResult(Rebalancer.Plan(State, targets));

    public Task<ControlOutcome> RebalanceAsync() => CommandAsync(0L, static (account, _, time) => account.Rebalance(time));

    public Task<RiskLimits> LimitsAsync() => State.Risk.Limits is { } limits ? Task.FromResult(limits) : GrainFactory.GetGrain<IRiskGrain>(Name).LimitsAsync();

    public async Task<int> ClosesNeededAsync(bool hasEntries, string strategy) => AccountStages.MayEnter(State, hasEntries, looks.Of(strategy)) ? (await LimitsAsync()).ClosesNeeded : 0;

    public Task<ImmutableArray<LimitsChangeView>> LimitsHistoryAsync() => _account.ToldAsync(RiskViews.HistoryOf(State.Risk));

    public async Task<RiskView> RiskAsync() => await _account.ToldAsync(RiskViews.ViewOf(State, await LimitsAsync()));

    public Task<ResumePoint> ResumePointAsync()
    {
        _isLed = IsSound();
        return Task.FromResult(new ResumePoint(_isLed, State.ResumeAfter, _account.Problem ?? ""));
    }

    public Task<AccountState?> CopyStateAsync() => Task.FromResult(IsSound() ? State.Copy() : null);

    public async Task<PortfolioView> ViewAsync()
    {
        var view = await _account.ToldAsync(AccountViews.ViewOf(State, _account.History.DayBegin));
        return view with { Problem = IsSound() ? view.Problem : _account.Problem, Obstacle = journal.Obstacle ?? journal.Failure };
    }

    public Task<PerformanceView> PerformanceAsync() => Task.FromResult(_account.History.Performance);

    public Task<DecisionRecordView?> DecisionAsync(long sequence) => Task.FromResult(_account.History.Find(sequence));

    public Task<HistoryView> HistoryAsync(long afterSequence, int limit) => Task.FromResult(_account.History.View(afterSequence, limit));

    /// <summary>Does what the owner asks, at the time of the latest step, and hands over what follows from it.</summary>
    private async Task<ControlOutcome> CommandAsync<TInput>(TInput input, Action<Account, TInput, DateTime> act)
    {
        if (State.Sequence == 0 || !await TurnAsync((input, act), static (account, command) => command.act(account, command.input, account.State.StepTime))) return ControlOutcome.Failed;
        if (!_account.HasChanged) return ControlOutcome.Unchanged;
        await HandOverAsync();
        return ControlOutcome.Done;
    }

    private Task<bool> TurnAsync<TInput>(TInput input, Action<Account, TInput> act) => IsSound() ? _account.TurnAsync(input, act) : Task.FromResult(false);

    /// <summary>Hands the exchange what the account asks of it, now that it is written down.</summary>
    private Task HandOverAsync() =>
        _account.Requests.IsEmpty ? Task.CompletedTask : GrainFactory.GetGrain<IExchangeGrain>(Name).EnqueueAsync([.. _account.Requests], State.StepTime);

    /// <summary>Whoever learns that this activation is of no use is the last to be answered by it.</summary>
    private bool IsSound()
    {
        if (_account.Problem is null) return true;
        DeactivateOnIdle();
        return false;
    }
}
