using System.Text.Json.Serialization;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Streams.Account;

/// <summary>What an <c>executionReport</c> tells about.</summary>
public enum ExecutionType : byte
{
    Unknown,
    New,
    Canceled,

    /// <summary>Made smaller.</summary>
    Replaced,
    Rejected,
    Trade,
    Expired,

    /// <summary>Would have met an order of the same account.</summary>
    TradePrevention,
}

/// <summary>One change of one order: <c>executionReport</c>. Its names differ by case alone.</summary>
public sealed record OrderReport
{
    [JsonPropertyName("E")] public DateTime EventTime { get; init; }

    [JsonPropertyName("s")] public string Symbol { get; init; } = "";

    /// <summary>After a cancellation it is the cancellation's own.</summary>
    [JsonPropertyName("c")] public string ClientOrderId { get; init; } = "";

    /// <summary>What the order was called before its cancellation; empty on other reports.</summary>
    [JsonPropertyName("C")] public string OrigClientOrderId { get; init; } = "";

    [JsonPropertyName("S")] public OrderSide Side { get; init; }

    [JsonPropertyName("o")] public BinanceOrderType Type { get; init; }

    [JsonPropertyName("f")] public TimeInForce TimeInForce { get; init; }

    /// <summary>In base currency.</summary>
    [JsonPropertyName("q")] public decimal Quantity { get; init; }

    [JsonPropertyName("p")] public decimal Price { get; init; }

    [JsonPropertyName("P")] public decimal StopPrice { get; init; }

    /// <summary>-1 for an order that belongs to no list.</summary>
    [JsonPropertyName("g")] public long OrderListId { get; init; } = -1;

    [JsonPropertyName("x")] public ExecutionType Execution { get; init; }

    [JsonPropertyName("X")] public BinanceOrderStatus Status { get; init; }

    /// <summary>The exchange's word; <c>NONE</c> when nothing was refused.</summary>
    [JsonPropertyName("r")] public string RejectReason { get; init; } = "";

    [JsonPropertyName("i")] public long OrderId { get; init; }

    /// <summary>Rises from report to report.</summary>
    [JsonPropertyName("I")] public long ExecutionId { get; init; }

    /// <summary>What this trade moved, in base currency; 0 on other reports.</summary>
    [JsonPropertyName("l")] public decimal LastQuantity { get; init; }

    [JsonPropertyName("L")] public decimal LastPrice { get; init; }

    /// <summary>All trades, in base currency.</summary>
    [JsonPropertyName("z")] public decimal Executed { get; init; }

    /// <summary>All trades, in quote currency.</summary>
    [JsonPropertyName("Z")] public decimal ExecutedQuote { get; init; }

    /// <summary>Of this trade, in <see cref="CommissionAsset"/>.</summary>
    [JsonPropertyName("n")] public decimal Commission { get; init; }

    /// <summary>Null where nothing was traded.</summary>
    [JsonPropertyName("N")] public string? CommissionAsset { get; init; }

    [JsonPropertyName("T")] public DateTime TransactTime { get; init; }

    /// <summary>-1 on a report that is no trade.</summary>
    [JsonPropertyName("t")] public long TradeId { get; init; } = -1;

    [JsonPropertyName("w")] public bool IsInBook { get; init; }

    [JsonPropertyName("m")] public bool IsMaker { get; init; }

    /// <summary>What self-trade prevention took out of it in all, in base currency.</summary>
    [JsonPropertyName("A")] public decimal Prevented { get; init; }

    /// <summary>Why it expired, in the exchange's word; null when it did not.</summary>
    [JsonPropertyName("eR")] public string? ExpiryReason { get; init; }
}
