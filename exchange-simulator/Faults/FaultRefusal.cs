using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.ExchangeSimulator.Faults;

/// <summary>What the exchange says when something went wrong.</summary>
internal static class FaultRefusal
{
    public static Refusal Of(FaultKind kind, AssumptionOptions assumptions, DateTime retryAt) => kind switch
    {
        FaultKind.TimeoutBefore or FaultKind.TimeoutAfter =>
            new(-1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", assumptions.TimeoutStatus),
        FaultKind.Overloaded => new(-1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", status: 503),
        FaultKind.TooManyRequests => new(-1003, "Too many requests queued.", status: 429) { RetryAt = retryAt },
        FaultKind.Banned => new(-1003, $"Way too much request weight used; IP banned until {(retryAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond}. Please use WebSocket Streams for live updates to avoid bans.", status: 418)
        {
            RetryAt = retryAt,
        },
        FaultKind.ErrorBefore => new(-1001, "Internal error; unable to process your request. Please try again.", status: 503),
        _ => new(-1000, "An unknown error occurred while processing the request.", status: 500),
    };
}
