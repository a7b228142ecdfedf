using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>What one turn asks of the exchange, in order; reused, so that asking allocates nothing.</summary>
internal sealed class RequestSheet
{
    private OrderRequest[] _requests = new OrderRequest[4];
    private int _count;

    public ReadOnlySpan<OrderRequest> All => _requests.AsSpan(0, _count);

    public void Clear() => _count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in OrderRequest request)
    {
        if (_count == _requests.Length) Array.Resize(ref _requests, 2 * _count);
        // The place first: the request would be copied twice if it were read before its place is known.
        ref var place = ref _requests[_count++];
        place = request;
    }
}
