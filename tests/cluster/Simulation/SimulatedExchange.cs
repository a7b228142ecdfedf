#if !ORLEANS
using OrleansTrader.Adapters.Paper;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>
/// The paper exchange on a bad line: slow, losing requests and answers, breaking off, and telling twice what it has told. It
/// refuses an order that the journal does not have, and one that it has.
/// </summary>
internal sealed class SimulatedExchange(World world, PaperExchange exchange, Auditor auditor, bool isFaulty) : ICandleExchange, IExchangeConnector
{
    private readonly HashSet<long> _arrived = [];
    private readonly List<ExecutionReport> _told = [];
    private readonly List<ExecutionReport> _again = [];

    public IExchange Connect(string account) => this;

    public void Restore(AccountState account)
    {
        exchange.Restore(account);
        _arrived.Clear();
        _told.Clear();
        _again.Clear();
        _arrived.UnionWith(account.Orders.Where(order => order.Status == OrderStatus.Accepted).Select(order => order.Id));
    }

    public void Show(MarketStep step) => exchange.Show(step);

    public void Match(MarketStep step) => exchange.Match(step);

    public bool TryMoveFunds(decimal amount, DateTime time) => exchange.TryMoveFunds(amount, time);

    public bool TryMoveHolding(string symbol, decimal quantity, DateTime time) => exchange.TryMoveHolding(symbol, quantity, time);

    public async ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        await world.LagAsync();
        if (Fails(150, "a request hangs")) await world.StallAsync();
        if (request.Kind == RequestKind.Place && !auditor.Knows(request.OrderId)) world.Violate($"order {request.OrderId} left before the journal had it");
        if (Fails(20, "a request is lost")) return OrderOutcome.Unknown;
        if (Fails(60, "the line breaks before a request")) throw new IOException("the line is down");
        world.Say($"exchange gets {request.Kind} {request.OrderId}");
        if (request.Kind == RequestKind.Place && _arrived.Contains(request.OrderId)) world.Violate($"order {request.OrderId} came twice");
        var outcome = await exchange.SendAsync(request, cancellation);
        if (request.Kind == RequestKind.Place && outcome.Kind == OrderOutcomeKind.Accepted) _arrived.Add(request.OrderId);
        await world.LagAsync();
        if (Fails(60, "the line breaks after a request")) throw new IOException("the line is down");
        return Fails(20, "an answer is lost") ? OrderOutcome.Unknown : outcome;
    }

    public async ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation)
    {
        await world.LagAsync();
        if (Fails(40, "a look-up hangs")) await world.StallAsync();
        if (Fails(40, "the line breaks at a look-up")) throw new IOException("the line is down");
        if (Fails(4, "a look-up is not answered")) return OrderOutcome.Unknown;
        if (!_arrived.Contains(request.OrderId)) return new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived);
        _again.AddRange(_told.Where(report => report.OrderId == request.OrderId));
        return OrderOutcome.Accepted;
    }

    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        var fresh = exchange.TakeReports();
        if (fresh.Count > 0 && Fails(10, "reports come twice")) _again.AddRange(fresh);
        _told.AddRange(fresh);
        ExecutionReport[] all = [.. fresh, .. _again];
        _again.Clear();
        return all;
    }

    private bool Fails(int oneIn, string what) => isFaulty && world.Fails(oneIn, what);
}
#endif
