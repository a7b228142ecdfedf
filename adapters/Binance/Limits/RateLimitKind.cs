namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>What the exchange counts.</summary>
public enum RateLimitKind : byte
{
    /// <summary>A kind that this client does not know; nothing is counted for it.</summary>
    Unknown,

    /// <summary>Weights of requests, for each address from which they come.</summary>
    RequestWeight,

    /// <summary>Orders, for each account.</summary>
    Orders,

    /// <summary>Requests of any weight, for each address.</summary>
    RawRequests,

    /// <summary>Attempts to connect a WebSocket, for each address.</summary>
    Connections,
}
