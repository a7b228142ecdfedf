namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What the states of an order mean.</summary>
internal static class OrderStatusWords
{
    /// <summary>True when nothing of the order can trade any more; false also where nobody knows.</summary>
    public static bool IsDone(this BinanceOrderStatus status) =>
        status is BinanceOrderStatus.Filled or BinanceOrderStatus.Canceled or BinanceOrderStatus.Rejected or BinanceOrderStatus.Expired or BinanceOrderStatus.ExpiredInMatch;
}
