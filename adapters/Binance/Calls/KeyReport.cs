namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What a key may do, as far as the exchange tells.</summary>
/// <param name="MayWithdraw">Of the account: whether the key itself may withdraw, the trading API does not say.</param>
/// <param name="Problem">Why it cannot be traded with, and what to do, in one sentence; null when it can.</param>
public sealed record KeyReport(bool MayRead, bool MayTrade, bool MayWithdraw, string? Problem);
