using System.Text.Json.Serialization;

namespace OrleansTrader.Api;

/// <summary>A payment into or out of a paper account, or the cash with which it begins anew.</summary>
/// <param name="Amount">Quote currency, or so much of the asset.</param>
/// <param name="Asset">The base currency of a listed symbol; the quote currency where it is left out. Of no meaning for a new beginning.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FundsRequest(decimal? Amount, string? Asset = null);

/// <summary>Where the account stands after it.</summary>
public sealed record FundsAnswer(decimal Cash, decimal Equity);
