using OrleansTrader.Adapters.Paper;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>
/// An exchange on a bad line: of one request in three nobody learns what became of it, and of one look-up in
/// <paramref name="hidden"/> neither. Requests are lost on their way, or arrive and their answers are lost; a request that is
/// sent again comes through.
/// </summary>
/// <param name="hidden">0 answers every look-up.</param>
internal sealed class ForgetfulExchange(PaperExchange exchange, Random random, int hidden) : ICandleExchange, IExchangeConnector
{
    private readonly HashSet<(RequestKind Kind, long OrderId)> _failed = [];
    private readonly HashSet<long> _arrived = [];
    private readonly List<ExecutionReport> _told = [];
    private readonly List<ExecutionReport> _again = [];

    public int Unknowns { get; private set; }

    public IExchange Connect(string account) => this;

    public void Restore(AccountState account) => exchange.Restore(account);

    public void Show(MarketStep step) => exchange.Show(step);

    public void Match(MarketStep step) => exchange.Match(step);

    public bool TryMoveFunds(decimal amount, DateTime time) => exchange.TryMoveFunds(amount, time);

    public bool TryMoveHolding(string symbol, decimal quantity, DateTime time) => exchange.TryMoveHolding(symbol, quantity, time);

    public async ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        var fate = _failed.Contains((request.Kind, request.OrderId)) ? 6 : random.Next(6);
        if (fate < 2) _failed.Add((request.Kind, request.OrderId));
        if (fate == 0) return Unknown();
        if (request.Kind == RequestKind.Place && _arrived.Contains(request.OrderId))
            throw new InvalidOperationException($"order {request.OrderId} came twice");
        var outcome = await exchange.SendAsync(request, cancellation);
        // As on a real exchange, an order that was refused leaves no trace.
        if (request.Kind == RequestKind.Place && outcome.Kind == OrderOutcomeKind.Accepted) _arrived.Add(request.OrderId);
        return fate == 1 ? Unknown() : outcome;
    }

    public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation)
    {
        if (hidden > 0 && random.Next(hidden) == 0) return ValueTask.FromResult(Unknown());
        if (!_arrived.Contains(request.OrderId)) return ValueTask.FromResult(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived));
        _again.AddRange(_told.Where(report => report.OrderId == request.OrderId));
        return ValueTask.FromResult(OrderOutcome.Accepted);
    }

    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        var fresh = exchange.TakeReports();
        _told.AddRange(fresh);
        ExecutionReport[] all = [.. _again, .. fresh];
        _again.Clear();
        return all;
    }

    private OrderOutcome Unknown()
    {
        Unknowns++;
        return OrderOutcome.Unknown;
    }
}
