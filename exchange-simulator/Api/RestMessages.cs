namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>A request of REST, as it came over the wire.</summary>
/// <param name="Query">Without the question mark, percent-encoded as it was sent.</param>
/// <param name="Body">Percent-encoded as it was sent; empty when there is none.</param>
/// <param name="ApiKey">The header <c>X-MBX-APIKEY</c>; null when it was not sent.</param>
/// <param name="TimeUnit">The header <c>X-MBX-TIME-UNIT</c>; null when it was not sent.</param>
public sealed record RestRequest(string Verb, string Path, string Query = "", string Body = "", string? ApiKey = null, string Ip = "127.0.0.1", string? TimeUnit = null);

/// <summary>An answer of REST.</summary>
/// <param name="Body">JSON in UTF-8, unless <paramref name="ContentType"/> says another thing.</param>
public sealed record RestReply(int Status, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType = RestReply.Json)
{
    public const string Json = "application/json;charset=UTF-8";
}
