using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>
/// Moves requests to the exchange and what comes back to the portfolio until nothing is left to do; after a start, or a
/// failure, it first takes the account as its journal has it and finds out about every order whose arrival nobody confirmed.
/// </summary>
internal sealed class ExchangePump(IExchange exchange, IPortfolioGrain portfolio, IMarketFeed feed)
{
    private readonly RequestQueue _queue = new();
    private readonly List<OrderRequest> _unanswered = [];
    private readonly List<ExecutionReport> _reports = [];
    private MarketStep? _step;
    private DateTime _stepTime;

    /// <summary>The account is known and nothing of the past is open.</summary>
    public bool IsReady { get; private set; }

    public int Queued => _queue.Count;

    /// <summary>Orders of which the exchange could not be asked yet whether it has them.</summary>
    public int Unanswered => _unanswered.Count;

    public void Add(ImmutableArray<OrderRequest> requests, DateTime stepTime)
    {
        _stepTime = stepTime;
        _queue.Add(requests);
    }

    /// <summary>Shows a candle exchange these bars with the next round.</summary>
    public void Show(MarketStep step) => _step = step;

    /// <summary>What is known may be wrong: begin with the journal again.</summary>
    public void Distrust() => IsReady = false;

    public async Task<StepOutcome> RunAsync(CancellationToken cancellation)
    {
        if (!IsReady)
        {
            // What was under way before a restart comes to its end before anything new begins.
            await RecoverAsync(cancellation);
            if (await DrainAsync(cancellation) != StepOutcome.Done) return StepOutcome.Failed;
        }

        foreach (var request in _unanswered.ToArray())
        {
            _unanswered.Remove(request);
            await LookUpAsync(request, cancellation);
        }

        if (_step is { } step)
        {
            _step = null;
            _stepTime = step.Time;
            (exchange as ICandleExchange)?.Match(step);
        }

        _reports.AddRange(exchange.TakeReports());
        return await DrainAsync(cancellation);
    }

    private async Task<StepOutcome> DrainAsync(CancellationToken cancellation)
    {
        while (_reports.Count > 0 || _queue.Count > 0)
        {
            if (_reports.Count > 0)
            {
                var booked = await portfolio.ApplyAsync([.. _reports], _stepTime);
                _reports.Clear();
                if (booked.Outcome != StepOutcome.Done) return StepOutcome.Failed;
                _queue.Add(booked.Requests);
            }

            foreach (var request in _queue.TakeAll()) await SendAsync(request, cancellation);
        }

        return StepOutcome.Done;
    }

    private async Task SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        var outcome = await exchange.SendAsync(request, cancellation);
        if (outcome.Kind == OrderOutcomeKind.Unknown) _unanswered.Add(request);
        if (OrderAnswers.ReportOf(request, outcome) is { } answer) _reports.Add(answer);
        _reports.AddRange(exchange.TakeReports());
    }

    private async Task RecoverAsync(CancellationToken cancellation)
    {
        _queue.Clear();
        _unanswered.Clear();
        _reports.Clear();
        var account = await portfolio.CopyStateAsync();
        _stepTime = account.StepTime;
        if (exchange is ICandleExchange candles)
        {
            candles.Restore(account);
            var lastStep = await feed.NextAsync(account.BeforeStep, cancellation);
            if (lastStep?.Time == account.StepTime) candles.Show(lastStep);
        }

        foreach (var order in account.Orders.Where(order => order.Status == OrderStatus.Unknown)) await LookUpAsync(order.Request, cancellation);
        foreach (var order in account.Orders.Where(order => order.IsCancelRequested).OrderBy(order => order.CancelSequence))
            _queue.Add([OrderRequest.Cancel(order.Id, order.Request.Symbol, order.Request.Purpose, order.CancelTime)]);
        IsReady = true;
    }

    private async Task LookUpAsync(OrderRequest request, CancellationToken cancellation)
    {
        var found = await exchange.FindAsync(request, cancellation);
        switch (found.Kind)
        {
            // The exchange is certain that it never had it, so sending it is no repetition.
            case OrderOutcomeKind.Rejected: _queue.Add([request]); break;
            case OrderOutcomeKind.Unknown: _unanswered.Add(request); break;
            default: _reports.Add(OrderAnswers.ReportOf(request, found)!.Value); break;
        }
    }
}
