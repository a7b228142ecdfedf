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
    [PersistentState("account", "accounts")] IPersistentState<AccountState> snapshot,
    ILogger<PortfolioGrain> log) : Grain, IPortfolioGrain
{
    private static readonly TimeSpan SnapshotPeriod = TimeSpan.FromSeconds(5);

    private AccountHistory _history = null!;
    private Account _account = null!;
    private DateTime _snapshotTime;
    private bool _isBroken;

    private string Name => this.GetPrimaryKeyString();

    private AccountState State => _account.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var state = snapshot.RecordExists ? snapshot.State : new AccountState { Name = Name };
        (_account, _history) = await AccountRecovery.RebuildAsync(state, journal, cancellationToken);
        snapshot.State = _account.State;
        _snapshotTime = State.StepTime;
        this.RegisterGrainTimer(SaveSnapshotAsync, new GrainTimerCreationOptions(SnapshotPeriod, SnapshotPeriod));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => SaveSnapshotAsync();

    public async Task<OpenOutcome> OpenAsync(AccountOpening opening)
    {
        _account.BeginTurn();
        if (State.Sequence == 0) _account.Open(opening.Cash, opening.Market, opening.Interval, opening.Time);
        if (!string.Equals(State.Market, opening.Market, StringComparison.Ordinal) || State.Interval != opening.Interval)
            return new OpenOutcome(IsOpen: false, State.Market);

        foreach (var rules in opening.Symbols) _account.List(rules, opening.Time);
        return new OpenOutcome(await CommitAsync(), State.Market);
    }

    public async Task<SettleOutcome> ApplyAsync(ImmutableArray<ExecutionReport> reports, DateTime stepTime)
    {
        if (_isBroken) return new SettleOutcome(StepOutcome.Failed, []);
        _account.BeginTurn();
        _account.Settle(reports.AsSpan(), stepTime);
        return await CommitAsync()
            ? new SettleOutcome(StepOutcome.Done, [.. _account.Requests])
            : new SettleOutcome(StepOutcome.Failed, []);
    }

    public async Task<StepOutcome> DecideAsync(DecisionInput input)
    {
        var limits = await GrainFactory.GetGrain<IRiskGrain>(Name).LimitsAsync();
        if (_isBroken) return StepOutcome.Failed;

        _account.BeginTurn();
        foreach (var signal in input.Signals) _account.Mark(SlotOf(signal.Symbol), signal.Close);
        _account.MarkEquity();
        foreach (var signal in input.Signals)
            _account.Decide(SlotOf(signal.Symbol), input.Time, signal.Signal, signal.Votes.AsSpan(), limits);
        _account.CompleteStep(input.Time);
        _history.Equity.Add(input.Time, State.Equity.Latest);
        if (!await CommitAsync()) return StepOutcome.Failed;

        if (!_account.Requests.IsEmpty)
            await GrainFactory.GetGrain<IExchangeGrain>(Name).EnqueueAsync([.. _account.Requests], input.Time);
        return StepOutcome.Done;
    }

    public async Task<ControlOutcome> SetRunStateAsync(RunState run)
    {
        if (_isBroken) return ControlOutcome.Failed;
        if (State.Run == run) return ControlOutcome.Unchanged;
        _account.BeginTurn();
        _account.SetRunState(run, State.StepTime);
        return await CommitAsync() ? ControlOutcome.Done : ControlOutcome.Failed;
    }

    public Task<DateTime> ResumeAfterAsync() => Task.FromResult(State.ResumeAfter);

    public Task<AccountState> CopyStateAsync() => Task.FromResult(State.Copy());

    public Task<PortfolioView> ViewAsync() => Task.FromResult(AccountViews.ViewOf(State));

    public Task<HistoryView> HistoryAsync(long afterSequence, int limit) => Task.FromResult(_history.View(State.Sequence, afterSequence, limit));

    private int SlotOf(string symbol) => Ledger.SlotOf(State, symbol);

    /// <summary>Makes the turn's facts durable; on failure the activation and its state are thrown away, and the journal decides.</summary>
    private async Task<bool> CommitAsync()
    {
        var facts = _account.Facts;
        if (facts.IsEmpty) return true;
        var batch = AccountRecovery.BatchOf(State, facts);
        try
        {
            await journal.AppendAsync(Name, batch, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.LogError(error, "The journal of account {Account} took no facts from {Sequence} on; the account starts again from what it has", Name, batch.FirstSequence);
            _isBroken = true;
            DeactivateOnIdle();
            return false;
        }

        _history.Add(batch);
        return true;
    }

    private async Task SaveSnapshotAsync()
    {
        if (_isBroken || _snapshotTime == State.StepTime) return;
        await snapshot.WriteStateAsync();
        _snapshotTime = State.StepTime;
    }
}
