using System.Runtime.InteropServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Paper;

/// <summary>
/// The exchange of a paper account: the matching engine of the backtester behind the port of a real exchange. It keeps
/// nothing of its own; after a start it takes the account as its journal has it. Used by one account, one call at a time.
/// </summary>
public sealed class PaperExchange(MatchingOptions options, Interval interval) : ICandleExchange
{
    private readonly List<ExecutionReport> _reports = [];
    private MatchingEngine _engine = new(options, interval, cash: 0);

    public void Restore(AccountState account)
    {
        _reports.Clear();
        _engine = new MatchingEngine(options, interval, account.Cash, account.LastTradeId);
        foreach (var position in account.Positions)
            MatchingEngine.RestoreHolding(_engine.List(position.Rules), position.TotalQuantity + position.External, position.Mark);
        foreach (ref readonly var order in CollectionsMarshal.AsSpan(account.Orders))
            if (order.Status == OrderStatus.Accepted)
                _engine.Restore(order.Request, order.Traded, order.BudgetLeft, order.LastTradeTime, order.IsStopGone, order.IsStopTriggered);
    }

    public void Show(MarketStep step)
    {
        foreach (var bar in step.Bars)
        {
            var candle = bar.Candle;
            if (_engine.Find(bar.Symbol) is { } book) MatchingEngine.Show(book, in candle);
        }
    }

    public void Match(MarketStep step)
    {
        Show(step);
        foreach (var bar in step.Bars)
        {
            var candle = bar.Candle;
            if (_engine.Find(bar.Symbol) is { } book) _engine.Match(book, in candle, _reports);
        }
    }

    public bool TryMoveFunds(decimal amount, DateTime time) => _engine.TryMoveFunds(amount, time, _reports);

    public bool TryMoveHolding(string symbol, decimal quantity, DateTime time) =>
        _engine.Find(symbol) is { } book && _engine.TryMoveHolding(book, quantity, time, _reports);

    public ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        var before = _reports.Count;
        _engine.Submit(in request, _reports);
        var answer = _reports[before];
        // The answer to a request is its outcome; what happens to the order from then on is reported.
        if (answer.Kind != ReportKind.Canceled) _reports.RemoveAt(before);
        return ValueTask.FromResult(answer.Kind is ReportKind.Rejected or ReportKind.CancelRejected
            ? new OrderOutcome(OrderOutcomeKind.Rejected, answer.Reason)
            : OrderOutcome.Accepted);
    }

    public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(_engine.Holds(request.Symbol, request.OrderId)
            ? OrderOutcome.Accepted
            : new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived));

    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        if (_reports.Count == 0) return [];
        var taken = _reports.ToArray();
        _reports.Clear();
        return taken;
    }
}
