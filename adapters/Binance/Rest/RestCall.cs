using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>Which endpoint is called, and what that costs.</summary>
/// <param name="Path">From the root of the address, such as <c>/api/v3/order</c>.</param>
/// <param name="Rank">Whom it goes before.</param>
public readonly record struct RestCall(HttpMethod Method, string Path, RequestCost Cost, RequestRank Rank, RequestNature Nature, bool IsSigned);
