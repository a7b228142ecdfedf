using System.Text.Json.Serialization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>An order as any answer of the exchange shows it; a short answer leaves much of it out.</summary>
public sealed record ExchangeOrder
{
    public string Symbol { get; init; } = "";

    /// <summary>The exchange's number; never used again in this symbol.</summary>
    public long OrderId { get; init; }

    /// <summary>-1 for an order that belongs to no list.</summary>
    public long OrderListId { get; init; } = -1;

    /// <summary>Unique among open orders only; after a cancellation it is the cancellation's own.</summary>
    public string ClientOrderId { get; init; } = "";

    /// <summary>What the order was called before its cancellation; null on other answers.</summary>
    public string? OrigClientOrderId { get; init; }

    public OrderSide Side { get; init; }

    public BinanceOrderType Type { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>Unknown also where the answer does not say.</summary>
    public BinanceOrderStatus Status { get; init; }

    /// <summary>0 for an order without a limit.</summary>
    public decimal Price { get; init; }

    /// <summary>0 when there is none.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>In base currency.</summary>
    [JsonPropertyName("origQty")]
    public decimal Quantity { get; init; }

    /// <summary>What a market order by value was to spend; 0 otherwise.</summary>
    [JsonPropertyName("origQuoteOrderQty")]
    public decimal QuoteQuantity { get; init; }

    /// <summary>In base currency.</summary>
    [JsonPropertyName("executedQty")]
    public decimal Executed { get; init; }

    /// <summary>In quote currency; below 0 on old orders of which the exchange does not know.</summary>
    [JsonPropertyName("cummulativeQuoteQty")]
    public decimal ExecutedQuote { get; init; }

    /// <summary>Why it expired, in the exchange's word; null when it did not or the answer does not say.</summary>
    public string? ExpiryReason { get; init; }

    /// <summary>When this answer was made at the exchange; null in queries.</summary>
    public DateTime? TransactTime { get; init; }

    /// <summary>When the order was placed; null outside queries.</summary>
    public DateTime? Time { get; init; }

    /// <summary>When it last changed; null outside queries.</summary>
    public DateTime? UpdateTime { get; init; }

    /// <summary>Since when it has been in the book; null when it is not or was not.</summary>
    public DateTime? WorkingTime { get; init; }

    public SelfTradePrevention SelfTradePreventionMode { get; init; }

    /// <summary>What self-trade prevention took out of it, in base currency.</summary>
    public decimal PreventedQuantity { get; init; }

    /// <summary>Trades at the moment of placement; empty where the answer does not say.</summary>
    public IReadOnlyList<OrderFill> Fills { get; init; } = [];

    /// <summary>True when nothing of it can trade any more; false also where the answer does not say.</summary>
    [JsonIgnore]
    public bool IsDone => Status.IsDone();
}

/// <summary>One trade of an order in the answer to its placement.</summary>
public sealed record OrderFill
{
    public long TradeId { get; init; }

    public decimal Price { get; init; }

    /// <summary>In base currency.</summary>
    [JsonPropertyName("qty")]
    public decimal Quantity { get; init; }

    /// <summary>In <see cref="CommissionAsset"/>.</summary>
    public decimal Commission { get; init; }

    public string CommissionAsset { get; init; } = "";
}
