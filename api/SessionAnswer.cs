using OrleansTrader.Silo.Access;

namespace OrleansTrader.Api;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Who">owner, token and its name, or local user where nobody has to log in.</param>
public sealed record SessionAnswer(string Who, AccessScope Scope);
