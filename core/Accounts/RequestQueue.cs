using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>Requests that wait to be sent, those that reduce or cover a position before those that open one.</summary>
public sealed class RequestQueue
{
    private readonly List<OrderRequest> _requests = [];

    public int Count => _requests.Count;

    public void Add(ImmutableArray<OrderRequest> requests) => _requests.AddRange(requests);

    /// <summary>Removes what the account itself says is to be asked.</summary>
    public void RemoveAllOf(AccountState account) => _requests.RemoveAll(request =>
        account.Orders.Exists(order => order.Id == request.OrderId && (request.Kind == RequestKind.Place || order.IsCancelRequested)));

    public void Clear() => _requests.Clear();

    /// <summary>Empties the queue: by rank, equals in the order they came.</summary>
    public IReadOnlyList<OrderRequest> TakeAll()
    {
        if (_requests.Count == 0) return [];
        OrderRequest[] taken = [.. _requests.OrderBy(request => RequestOrder.RankOf(in request))];
        _requests.Clear();
        return taken;
    }
}
