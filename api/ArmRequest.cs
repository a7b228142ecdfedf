using System.Text.Json.Serialization;

namespace OrleansTrader.Api;

/// <summary>Says that somebody means it.</summary>
/// <param name="Confirm">The name of the account, letter by letter.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ArmRequest(string? Confirm);
