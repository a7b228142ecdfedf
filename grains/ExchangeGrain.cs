using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IExchangeGrain"/>
[Reentrant]
[KeepAlive]
public sealed class ExchangeGrain(IExchangeConnector connector, IMarketFeed feed, ILogger<ExchangeGrain> log) : Grain, IExchangeGrain
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly RequestQueue _queue = new();
    private readonly List<TaskCompletionSource<StepOutcome>> _waiting = [];
    private readonly List<OrderRequest> _unanswered = [];
    private Task _pump = Task.CompletedTask;
    private IExchange _exchange = null!;
    private MarketStep? _step;
    private DateTime _stepTime;
    private bool _isReady;

    private string Account => this.GetPrimaryKeyString();

    private IPortfolioGrain Portfolio => GrainFactory.GetGrain<IPortfolioGrain>(Account);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _exchange = connector.Connect(Account);
        _pump = PumpAsync();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _pump;
    }

    public Task EnqueueAsync(ImmutableArray<OrderRequest> requests, DateTime stepTime)
    {
        _stepTime = stepTime;
        _queue.Add(requests);
        _work.Release();
        return Task.CompletedTask;
    }

    public Task<StepOutcome> MatchAsync(MarketStep step)
    {
        _step = step;
        return SettledAsync();
    }

    public Task<StepOutcome> SettledAsync()
    {
        var settled = new TaskCompletionSource<StepOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(settled);
        _work.Release();
        return settled.Task;
    }

    public Task<ExchangeView> ViewAsync() => Task.FromResult(new ExchangeView(_isReady, _queue.Count, _unanswered.Count));

    /// <summary>Turns of its own, started by no request: what they await can never wait for whoever filled the queue.</summary>
    private async Task PumpAsync()
    {
        RequestContext.Clear();
        while (!_stopping.IsCancellationRequested)
        {
            var outcome = StepOutcome.Failed;
            try
            {
                await _work.WaitAsync(_stopping.Token);
                outcome = await RoundsAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Deactivation ends the loop; who still waits is told below.
            }
            catch (Exception error)
            {
                log.LogError(error, "The exchange of {Account} failed; it starts again from the journal", Account);
            }

            if (outcome == StepOutcome.Failed) _isReady = false;
            foreach (var waiting in _waiting) waiting.TrySetResult(outcome);
            _waiting.Clear();
        }
    }

    private async Task<StepOutcome> RoundsAsync()
    {
        var reports = new List<ExecutionReport>();
        if (!_isReady)
        {
            // What was under way before a restart comes to its end before anything new begins.
            await RecoverAsync(reports);
            if (await DrainAsync(reports) != StepOutcome.Done) return StepOutcome.Failed;
        }

        if (_step is { } step)
        {
            _step = null;
            _stepTime = step.Time;
            (_exchange as ICandleExchange)?.Match(step);
        }

        reports.AddRange(_exchange.TakeReports());
        return await DrainAsync(reports);
    }

    /// <summary>Sends and delivers until nothing is left to do.</summary>
    private async Task<StepOutcome> DrainAsync(List<ExecutionReport> reports)
    {
        while (reports.Count > 0 || _queue.Count > 0)
        {
            if (reports.Count > 0)
            {
                var booked = await Portfolio.ApplyAsync([.. reports], _stepTime);
                reports.Clear();
                if (booked.Outcome != StepOutcome.Done) return StepOutcome.Failed;
                _queue.Add(booked.Requests);
            }

            foreach (var request in _queue.TakeAll()) await SendAsync(request, reports);
        }

        return StepOutcome.Done;
    }

    private async Task SendAsync(OrderRequest request, List<ExecutionReport> reports)
    {
        var outcome = await _exchange.SendAsync(request, _stopping.Token);
        if (outcome.Kind == OrderOutcomeKind.Unknown) _unanswered.Add(request);
        if (OrderAnswers.ReportOf(request, outcome) is { } answer) reports.Add(answer);
        reports.AddRange(_exchange.TakeReports());
    }

    /// <summary>Takes the account as its journal has it, and finds out about every order whose arrival nobody confirmed.</summary>
    private async Task RecoverAsync(List<ExecutionReport> reports)
    {
        _queue.Clear();
        _unanswered.Clear();
        var account = await Portfolio.CopyStateAsync();
        _stepTime = account.StepTime;
        if (_exchange is ICandleExchange candles)
        {
            candles.Restore(account);
            var lastStep = await feed.NextAsync(account.BeforeStep, _stopping.Token);
            if (lastStep?.Time == account.StepTime) candles.Show(lastStep);
        }

        foreach (var order in account.Orders.Where(order => order.Status == OrderStatus.Unknown)) await LookUpAsync(order.Request, reports);
        foreach (var order in account.Orders.Where(order => order.IsCancelRequested).OrderBy(order => order.CancelSequence))
            _queue.Add([OrderRequest.Cancel(order.Id, order.Request.Symbol, order.Request.Purpose, order.CancelTime)]);

        _isReady = true;
    }

    private async Task LookUpAsync(OrderRequest request, List<ExecutionReport> reports)
    {
        var found = await _exchange.FindAsync(request, _stopping.Token);
        switch (found.Kind)
        {
            // The exchange is certain that it never had it, so it may be sent.
            case OrderOutcomeKind.Rejected: _queue.Add([request]); break;
            case OrderOutcomeKind.Unknown: _unanswered.Add(request); break;
            default: reports.Add(OrderAnswers.ReportOf(request, found)!.Value); break;
        }
    }
}
