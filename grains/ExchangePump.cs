using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>
/// Moves requests to the exchange and what comes back to the portfolio until nothing is left to do; after a start, or a
/// failure, it first takes the account as its journal has it and finds out about every order whose arrival nobody confirmed.
/// </summary>
/// <param name="audit">Of a live exchange; null on paper.</param>
internal sealed class ExchangePump(IExchange exchange, IPortfolioGrain portfolio, IMarketFeed feed, RequestLines lines, LiveAudit? audit, TimeProvider clock)
{
    /// <summary>How often a round looks up what it got no answer for; what is open then waits for the next round.</summary>
    private const int LookUpsAtOnce = 3;

    private readonly RequestQueue _queue = new();
    private readonly UnansweredRequests _unanswered = new();
    private readonly LookUpPace _pace = new(clock);
    private readonly List<ExecutionReport> _reports = [];
    private MarketStep? _step;
    private DateTime _stepTime;
    private bool _isReady;
    private bool _isClosing;
    private long _activity;

    public ExchangeView View => new(_isReady, _queue.Count, _unanswered.Count)
    {
        IsSettled = IsSettled,
        Differences = audit?.Problem ?? "",
        ForeignOrders = audit?.ForeignOrders ?? 0,
    };

    /// <summary>False while account and exchange are being compared: no step may be taken.</summary>
    public bool IsSettled => audit is not { IsSettled: false };

    /// <summary>Something waits that nothing but time brings on.</summary>
    public bool IsDue => _unanswered.Count > 0 || audit is { IsDue: true };

    /// <summary>What is asked of a paper account here is moved with the next round.</summary>
    public FundsTransfers Transfers { get; } = new();

    public void Add(ImmutableArray<OrderRequest> requests, DateTime stepTime)
    {
        // A command may come from the step before while this one is being matched.
        if (stepTime > _stepTime) _stepTime = stepTime;
        _queue.Add(requests);
    }

    /// <summary>Shows a candle exchange these bars with the next round.</summary>
    public void Show(MarketStep step) => _step = step;

    /// <summary>There is something to take, or to send, also while a round waits for a request; from any thread.</summary>
    public void Stir() => lines.Stir();

    /// <summary>From now on nothing is bought any more; what leaves or covers a position goes on.</summary>
    public void Close() => _isClosing = true;

    /// <summary>What is known may be wrong: begin with the journal again.</summary>
    public void Distrust()
    {
        _isReady = false;
        Transfers.GiveUp();
    }

    /// <summary>What came may be lost: begin with the journal again, and with what the exchange has.</summary>
    public void Fail()
    {
        Distrust();
        audit?.Doubt();
    }

    public async Task<StepOutcome> RunAsync(CancellationToken cancellation)
    {
        var step = _step;
        _step = null;
        // What was under way before a restart comes to its end before anything new begins.
        if (!_isReady && (!await RecoverAsync(cancellation) || await DrainAsync(cancellation) != StepOutcome.Done)) return StepOutcome.Failed;

        await AskAgainAsync(cancellation);
        // At the prices by which the account stands, and so before the bars that bring others.
        Transfers.MoveOn(exchange, _stepTime);
        _reports.AddRange(exchange.TakeReports());
        if (await DrainAsync(cancellation) != StepOutcome.Done) return StepOutcome.Failed;
        if (step is not null)
        {
            _stepTime = step.Time;
            (exchange as ICandleExchange)?.Match(step);
        }

        _reports.AddRange(exchange.TakeReports());
        var outcome = await DrainAsync(cancellation);
        if (outcome == StepOutcome.Done) Transfers.Settle();
        for (var attempt = 0; audit is null && attempt < LookUpsAtOnce && _unanswered.Count > 0 && outcome == StepOutcome.Done; attempt++)
        {
            await AskAgainAsync(cancellation);
            outcome = await DrainAsync(cancellation);
        }

        if (audit is null || outcome != StepOutcome.Done) return outcome;
        await audit.GoOnAsync(_activity, _unanswered.Count == 0, cancellation);
        _reports.AddRange(audit.TakeReports());
        _reports.AddRange(exchange.TakeReports());
        return await DrainAsync(cancellation);
    }

    private async Task<StepOutcome> DrainAsync(CancellationToken cancellation)
    {
        while (_reports.Count > 0 || _queue.Count > 0 || lines.IsBusy)
        {
            _activity++;
            if (_reports.Count > 0)
            {
                // What comes while these are booked is none of them.
                ImmutableArray<ExecutionReport> taken = [.. _reports];
                _reports.Clear();
                var booked = await portfolio.ApplyAsync(taken, _stepTime);
                if (booked.Outcome != StepOutcome.Done) return StepOutcome.Failed;
                _queue.Add(booked.Requests);
            }

            // One by one: what is cancelled while another is under way must not leave after that.
            if (audit is null)
                while (_queue.TryTake(out var request)) await SendAsync(request, cancellation);
            else await SendLiveAsync(cancellation);
        }

        lines.ThrowIfFailed();
        return StepOutcome.Done;
    }

    /// <summary>Begins whatever its symbol's line is free for, and waits for the first thing to happen.</summary>
    private async Task SendLiveAsync(CancellationToken cancellation)
    {
        while (_queue.TryTake(out var request, lines.IsFree))
        {
            var taken = request;
            // It stays unconfirmed in the journal, and is too late by then.
            if (_isClosing && taken is { Kind: RequestKind.Place, Purpose: OrderPurpose.Entry }) continue;
            lines.Start(taken.Symbol, () => SendAsync(taken, cancellation));
        }

        if (_reports.Count == 0 && lines.IsBusy) await lines.StirredAsync();
        cancellation.ThrowIfCancellationRequested();
        _reports.AddRange(audit!.TakeReports());
        _reports.AddRange(exchange.TakeReports());
    }

    private async Task SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        if (_unanswered.Postpones(request)) return;
        if (request.Kind == RequestKind.Cancel && _queue.Withdraw(request.OrderId))
        {
            _reports.Add(ExecutionReport.WithdrawalOf(in request));
            return;
        }

        var outcome = await exchange.SendAsync(request, cancellation);
        if (outcome.Kind == OrderOutcomeKind.Unknown) _unanswered.Add(request);
        else _pace.Forget(request.OrderId);
        if (OrderAnswers.ReportOf(request, outcome, TimeOf(request)) is { } answer) _reports.Add(answer);
        _reports.AddRange(exchange.TakeReports());
    }

    /// <returns>False while the account itself cannot be told.</returns>
    private async Task<bool> RecoverAsync(CancellationToken cancellation)
    {
        // Before the first wait: who distrusts it in the meantime is not overheard.
        _isReady = true;
        await lines.EndedAsync();
        _queue.Clear();
        _unanswered.Clear();
        _reports.Clear();
        if (await portfolio.CopyStateAsync() is not { } account) return false;
        // What was queued while the copy was under way may be in it, and would be sent twice.
        _queue.RemoveAllOf(account);
        _stepTime = account.StepTime;
        if (exchange is ICandleExchange candles) await AccountRecovery.RestoreAsync(candles, account, feed, cancellation);
        _unanswered.AddFrom(account);
        await AskAgainAsync(cancellation);
        return true;
    }

    /// <summary>Asks about each order without an answer, and sends again each cancellation that has none.</summary>
    private async Task AskAgainAsync(CancellationToken cancellation)
    {
        if (_unanswered.Count == 0) return;
        var (placements, cancellations) = _unanswered.TakeAll();
        foreach (var placed in placements)
        {
            if (audit is null) await LookUpAsync(placed, cancellation);
            else if (lines.IsFree(placed.Symbol) && _pace.MayAsk(placed.OrderId)) lines.Start(placed.Symbol, () => LookUpAsync(placed, cancellation));
            else _unanswered.Add(placed);
        }

        foreach (var cancel in cancellations)
        {
            if (audit is null || _pace.MayAsk(cancel.OrderId)) _queue.Add([cancel]);
            else _unanswered.Add(cancel);
        }
    }

    /// <summary>On paper time moves with the bars.</summary>
    private DateTime TimeOf(OrderRequest request) => exchange is ILiveExchange live ? live.Now : request.ActiveFrom;

    private async Task LookUpAsync(OrderRequest request, CancellationToken cancellation)
    {
        var found = await exchange.FindAsync(request, cancellation);
        if (found.Kind == OrderOutcomeKind.Accepted) _pace.Forget(request.OrderId);
        switch (found.Kind)
        {
            case OrderOutcomeKind.Unknown: _unanswered.Add(request); break;
            case OrderOutcomeKind.Accepted: _reports.Add(OrderAnswers.AcceptanceOf(request, TimeOf(request))); break;
            // The exchange is certain that it never had it, so sending it is no repetition; a cancellation takes it back before it leaves.
            default: _queue.Add([request]); break;
        }
    }
}
