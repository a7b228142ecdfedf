using System.Text.Json.Serialization;
using OrleansTrader.Adapters.Binance.Calls;

namespace OrleansTrader.Adapters.Binance.Streams.Account;

/// <summary>What the account has now of assets that may have changed: <c>outboundAccountPosition</c>. Not differences.</summary>
public sealed record BalanceReport
{
    [JsonPropertyName("E")] public DateTime EventTime { get; init; }

    /// <summary>When the account changed.</summary>
    [JsonPropertyName("u")] public DateTime UpdateTime { get; init; }

    [JsonPropertyName("B")] public IReadOnlyList<ReportedBalance> Balances { get; init; } = [];
}

/// <summary>One asset of a <see cref="BalanceReport"/>.</summary>
public sealed record ReportedBalance(
    [property: JsonPropertyName("a")] string Asset,
    [property: JsonPropertyName("f")] decimal Free,
    [property: JsonPropertyName("l")] decimal Locked);

/// <summary>A deposit, a withdrawal or a transfer: <c>balanceUpdate</c>. A difference.</summary>
public sealed record TransferReport
{
    [JsonPropertyName("E")] public DateTime EventTime { get; init; }

    [JsonPropertyName("a")] public string Asset { get; init; } = "";

    /// <summary>Below 0 for what left.</summary>
    [JsonPropertyName("d")] public decimal Change { get; init; }

    [JsonPropertyName("T")] public DateTime Time { get; init; }
}

/// <summary>A change of a list of orders: <c>listStatus</c>; comes besides the reports of its orders, in any order.</summary>
public sealed record OrderListReport
{
    [JsonPropertyName("E")] public DateTime EventTime { get; init; }

    [JsonPropertyName("s")] public string Symbol { get; init; } = "";

    [JsonPropertyName("g")] public long OrderListId { get; init; } = -1;

    [JsonPropertyName("c")] public string ContingencyType { get; init; } = "";

    [JsonPropertyName("L")] public OrderListStatus Status { get; init; }

    /// <summary>The exchange's word; <c>NONE</c> when nothing was refused.</summary>
    [JsonPropertyName("r")] public string RejectReason { get; init; } = "";

    [JsonPropertyName("C")] public string ListClientOrderId { get; init; } = "";

    [JsonPropertyName("T")] public DateTime TransactTime { get; init; }

    [JsonPropertyName("O")] public IReadOnlyList<ReportedOrder> Orders { get; init; } = [];
}

/// <summary>One order of an <see cref="OrderListReport"/>.</summary>
public sealed record ReportedOrder(
    [property: JsonPropertyName("s")] string Symbol,
    [property: JsonPropertyName("i")] long OrderId,
    [property: JsonPropertyName("c")] string ClientOrderId);
