using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Grains;

/// <summary>Requests of which nobody knows what became of them: placements to be looked up, cancellations to be sent again.</summary>
internal sealed class UnansweredRequests
{
    private readonly List<OrderRequest> _requests = [];

    public int Count => _requests.Count;

    public void Add(OrderRequest request) => _requests.Add(request);

    public void Clear() => _requests.Clear();

    public bool Has(OrderRequest request) => _requests.Exists(known => known.OrderId == request.OrderId && known.Kind == request.Kind);

    /// <summary>Takes over what the account itself says: orders that nobody confirmed, and cancellations without an end.</summary>
    /// <param name="isKnown">True for what is on its way, or was answered.</param>
    public void AddFrom(AccountState account, Func<OrderRequest, bool> isKnown)
    {
        var placements = account.Orders.Where(order => order.Status == OrderStatus.Unknown).Select(order => order.Request);
        var cancellations = account.Orders
            .Where(order => order.IsCancelRequested)
            .OrderBy(order => order.CancelSequence)
            .Select(order => OrderRequest.Cancel(order.Id, order.Request.Symbol, order.Request.Purpose, order.CancelTime));
        foreach (var request in placements.Concat(cancellations))
            if (!Has(request) && !isKnown(request))
                _requests.Add(request);
    }

    /// <summary>Keeps a cancellation back while nobody knows whether its order arrived: it could come too early, and be refused for ever.</summary>
    public bool Postpones(OrderRequest request)
    {
        var isTooEarly = request.Kind == RequestKind.Cancel && _requests.Exists(placed => placed.Kind == RequestKind.Place && placed.OrderId == request.OrderId);
        if (isTooEarly && !Has(request)) _requests.Add(request);
        return isTooEarly;
    }

    /// <summary>Takes out placements, and cancellations that need not wait for theirs, each in the order they came.</summary>
    public (List<OrderRequest> Placements, List<OrderRequest> Cancellations) TakeAll()
    {
        var placements = _requests.FindAll(request => request.Kind == RequestKind.Place);
        var cancellations = _requests.FindAll(request => request.Kind == RequestKind.Cancel && !placements.Exists(placed => placed.OrderId == request.OrderId));
        _requests.RemoveAll(request => placements.Contains(request) || cancellations.Contains(request));
        return (placements, cancellations);
    }

    /// <summary>Takes out the cancellations that have waited for the arrival of their order.</summary>
    public List<OrderRequest> TakeCancellationsOf(long orderId)
    {
        var cancellations = _requests.FindAll(request => request.Kind == RequestKind.Cancel && request.OrderId == orderId);
        _requests.RemoveAll(cancellations.Contains);
        return cancellations;
    }
}
