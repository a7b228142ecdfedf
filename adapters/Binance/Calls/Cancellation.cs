namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What was canceled: one order, or with one leg all orders of its list.</summary>
/// <param name="OrderListId">-1 where no list was canceled.</param>
public sealed record Cancellation(IReadOnlyList<ExchangeOrder> Orders, long OrderListId);
