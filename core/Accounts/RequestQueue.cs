using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>Requests that wait to be sent, those that reduce or cover a position before those that open one.</summary>
public sealed class RequestQueue
{
    private readonly List<OrderRequest> _requests = [];

    public int Count => _requests.Count;

    public void Add(ImmutableArray<OrderRequest> requests) => _requests.AddRange(requests);

    public bool Has(OrderRequest request) => _requests.Exists(queued => queued.OrderId == request.OrderId && queued.Kind == request.Kind);

    /// <summary>Removes what the account itself says is to be asked.</summary>
    public void RemoveAllOf(AccountState account) => _requests.RemoveAll(request =>
        account.Orders.Exists(order => order.Id == request.OrderId && (request.Kind == RequestKind.Place || order.IsCancelRequested)));

    public void Clear() => _requests.Clear();

    /// <summary>Takes the next request: by rank, equals in the order they came. False when none waits.</summary>
    /// <param name="mayTake">Says of a symbol whether its requests may be taken; null for all.</param>
    public bool TryTake(out OrderRequest request, Func<string, bool>? mayTake = null)
    {
        request = default;
        var next = -1;
        for (var i = 0; i < _requests.Count; i++)
            if ((next < 0 || RankAt(i) < RankAt(next)) && mayTake?.Invoke(_requests[i].Symbol) != false)
                next = i;
        if (next < 0) return false;
        request = _requests[next];
        _requests.RemoveAt(next);
        return true;
    }

    /// <summary>Takes back an order that has not left yet; false when none waits.</summary>
    public bool Withdraw(long orderId) => _requests.RemoveAll(request => request.Kind == RequestKind.Place && request.OrderId == orderId) > 0;

    private int RankAt(int index) => RequestOrder.RankOf(_requests[index]);
}
