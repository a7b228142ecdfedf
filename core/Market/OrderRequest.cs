namespace OrleansTrader.Core.Market;

/// <summary>What a request asks of the exchange.</summary>
public enum RequestKind : byte
{
    None,
    Place,
    Cancel,
}

/// <summary>One thing that an account asks of its exchange: to place an order, or to cancel one.</summary>
public readonly record struct OrderRequest
{
    public RequestKind Kind { get; init; }

    /// <summary>The account's own number of the order, never reused; the client order id derives from it.</summary>
    public long OrderId { get; init; }

    public string Symbol { get; init; }

    public OrderSide Side { get; init; }

    public OrderType Type { get; init; }

    public OrderPurpose Purpose { get; init; }

    /// <summary>Base currency; 0 for a market buy, which spends <see cref="Budget"/> instead.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote currency that a market buy may spend, fees included; 0 otherwise.</summary>
    public decimal Budget { get; init; }

    /// <summary>Limit price, or the target of an OCO; 0 when there is none.</summary>
    public decimal LimitPrice { get; init; }

    /// <summary>Stop price; 0 when there is none.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>The order meets only bars that open at or after this moment, UTC; of a cancellation, when it was asked for.</summary>
    public DateTime ActiveFrom { get; init; }

    /// <summary>The kill switch asks for it: it goes before everything else, where there is not room for all.</summary>
    public bool IsUrgent { get; init; }

    public static OrderRequest Cancel(long orderId, string symbol, OrderPurpose purpose, DateTime time) =>
        new() { Kind = RequestKind.Cancel, OrderId = orderId, Symbol = symbol, Purpose = purpose, ActiveFrom = time };
}
