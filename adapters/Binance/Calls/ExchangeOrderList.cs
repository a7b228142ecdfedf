namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Orders that depend on each other: OCO, OTO, OTOCO.</summary>
public sealed record ExchangeOrderList
{
    public long OrderListId { get; init; } = -1;

    /// <summary><c>OCO</c>, or <c>OTO</c> for OTO and OTOCO.</summary>
    public string ContingencyType { get; init; } = "";

    public OrderListStatus ListOrderStatus { get; init; }

    /// <summary>The name that the client gave it.</summary>
    public string ListClientOrderId { get; init; } = "";

    public DateTime TransactionTime { get; init; }

    public string Symbol { get; init; } = "";

    /// <summary>The orders by their names.</summary>
    public IReadOnlyList<ListedOrder> Orders { get; init; } = [];

    /// <summary>The orders in full; empty in queries.</summary>
    public IReadOnlyList<ExchangeOrder> OrderReports { get; init; } = [];
}

/// <summary>The name of an order in its list.</summary>
public sealed record ListedOrder(string Symbol, long OrderId, string ClientOrderId);
