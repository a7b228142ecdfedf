using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Requests on their way to the exchange, what nobody has answered yet, and what has come back and is still to be booked.</summary>
/// <param name="lines">What is under way to a live exchange; on paper one request is sent after the other.</param>
internal sealed class OrderTraffic(IExchange exchange, RequestLines lines, TimeProvider clock)
{
    private readonly RequestQueue _queue = new();
    private readonly UnansweredRequests _unanswered = new();
    private readonly LookUpPace _pace = new(clock);
    private readonly UnbookedReports _reports = new();
    private readonly ILiveExchange? _live = exchange as ILiveExchange;
    private bool _isClosing;

    /// <summary>Requests that wait or are under way.</summary>
    public int Queued => _queue.Count + lines.Count;

    public int Unanswered => _unanswered.Count;

    /// <summary>Something waits, is under way, or is to be booked.</summary>
    public bool IsBusy => _reports.Count + Queued > 0;

    /// <summary>Rises with each request that leaves a live account and each report that is booked.</summary>
    public long Activity => lines.Begun + _reports.Booked;

    public UnbookedReports Reports => _reports;

    public void Add(ImmutableArray<OrderRequest> requests) => _queue.Add(requests);

    /// <summary>Says what the account is to book beside what the exchange reports.</summary>
    public void Tell(params IEnumerable<ExecutionReport> reports) => _reports.AddRange(reports);

    /// <summary>Takes what the exchange has reported by now.</summary>
    public void Hear() => _reports.AddRange(exchange.TakeReports());

    /// <summary>From now on nothing is bought any more; what leaves or covers a position goes on.</summary>
    public void Close() => _isClosing = true;

    /// <summary>Sends all that waits for a live exchange, and waits for it.</summary>
    public async Task EmptyAsync(CancellationToken cancellation)
    {
        while (_live is not null && Queued > 0 && !cancellation.IsCancellationRequested)
        {
            SendLive(cancellation);
            await Task.WhenAny(lines.NextEndAsync(), Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation));
        }
    }

    /// <summary>Forgets everything on paper, where nothing is under way: the journal tells it anew.</summary>
    public void Forget()
    {
        if (_live is not null) return;
        _queue.Clear();
        _unanswered.Clear();
        _reports.Clear();
    }

    /// <summary>Takes over what the account itself has no answer to, beside what is on its way already.</summary>
    public void TakeOver(AccountState account)
    {
        // What was queued while the copy was under way may be in it.
        if (_live is null) _queue.RemoveAllOf(account);
        _unanswered.AddFrom(account, IsKnown);
    }

    /// <summary>Sends all that waits on paper; to a live exchange what its symbol's line is free for, without waiting for it.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        // One by one: what is cancelled while another is under way must not leave after that.
        if (_live is null)
            while (_queue.TryTake(out var request)) await SendAsync(request, cancellation);
        else SendLive(cancellation);
    }

    /// <summary>Asks about each order without an answer, and sends again each cancellation that has none and waits for none.</summary>
    public async Task AskAgainAsync(CancellationToken cancellation)
    {
        if (_unanswered.Count == 0) return;
        var (placements, cancellations) = _unanswered.TakeAll();
        foreach (var placed in placements)
        {
            if (_live is null) await LookUpAsync(placed, cancellation);
            else if (lines.IsFree(placed.Symbol) && _pace.MayAsk(placed.OrderId)) lines.Start(placed, () => LookUpAsync(placed, cancellation));
            else _unanswered.Add(placed);
        }

        foreach (var cancel in cancellations)
        {
            if (_live is null || _pace.MayAsk(cancel.OrderId)) _queue.Add([cancel]);
            else _unanswered.Add(cancel);
        }
    }

    public void ThrowIfFailed() => lines.ThrowIfFailed();

    private void SendLive(CancellationToken cancellation)
    {
        while (_queue.TryTake(out var request, lines.IsFree))
        {
            var taken = request;
            // It stays unconfirmed in the journal, and is too late by then.
            if (_isClosing && taken is { Kind: RequestKind.Place, Purpose: OrderPurpose.Entry }) continue;
            lines.Start(taken, () => SendAsync(taken, cancellation));
        }
    }

    /// <summary>True for a request that waits or is under way, and for an order of which something has come back.</summary>
    private bool IsKnown(OrderRequest request) =>
        _queue.Has(request) || lines.Has(request) || (request.Kind == RequestKind.Place && _reports.Tell(request.OrderId));

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
        Hear();
    }

    private async Task LookUpAsync(OrderRequest request, CancellationToken cancellation)
    {
        var found = (await exchange.FindAsync(request, cancellation)).Kind;
        if (found != OrderOutcomeKind.Unknown) _queue.Add([.. _unanswered.TakeCancellationsOf(request.OrderId)]);
        switch (found)
        {
            case OrderOutcomeKind.Unknown: _unanswered.Add(request); break;
            case OrderOutcomeKind.Accepted:
                _pace.Forget(request.OrderId);
                _reports.Add(OrderAnswers.AcceptanceOf(request, TimeOf(request)));
                break;
            // The exchange is certain that it never had it, so sending it is no repetition; a cancellation takes it back before it leaves.
            default: _queue.Add([request]); break;
        }
    }

    /// <summary>On paper time moves with the bars.</summary>
    private DateTime TimeOf(OrderRequest request) => _live?.Now ?? request.ActiveFrom;
}
