namespace OrleansTrader.Api;

/// <summary>A payment into or out of a paper account, or the cash with which it begins anew.</summary>
/// <param name="Amount">Quote currency.</param>
public sealed record FundsRequest(decimal? Amount);

/// <summary>Where the account stands after it.</summary>
public sealed record FundsAnswer(decimal Cash, decimal Equity);
