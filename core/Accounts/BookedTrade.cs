namespace OrleansTrader.Core.Accounts;

/// <summary>A trade that is already in the books.</summary>
public readonly record struct BookedTrade(long OrderId, long TradeId);
