namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>What a request takes from the limits; each but a connection is one raw request besides.</summary>
/// <param name="Weight">0 or more.</param>
/// <param name="Orders">Orders that it may open, 0 to 3.</param>
/// <param name="Account">Whose orders they are; orders are counted for each account.</param>
/// <param name="Connections">Attempts to connect a WebSocket.</param>
public readonly record struct RequestCost(int Weight, int Orders = 0, string Account = "", int Connections = 0)
{
    /// <summary>One attempt to connect a WebSocket; to the WebSocket API it weighs 2, to streams nothing.</summary>
    public static RequestCost Connection(int weight) => new(weight, Connections: 1);

    internal int Of(RateLimitKind kind) => kind switch
    {
        RateLimitKind.RequestWeight => Weight,
        RateLimitKind.Orders => Orders,
        RateLimitKind.RawRequests => Connections > 0 ? 0 : 1,
        RateLimitKind.Connections => Connections,
        _ => 0,
    };
}
