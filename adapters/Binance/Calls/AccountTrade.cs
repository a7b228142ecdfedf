using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>One trade of the account.</summary>
public sealed record AccountTrade
{
    public string Symbol { get; init; } = "";

    /// <summary>The exchange's number of the trade, ascending in its symbol.</summary>
    public long Id { get; init; }

    public long OrderId { get; init; }

    /// <summary>-1 for an order that belongs to no list.</summary>
    public long OrderListId { get; init; } = -1;

    public decimal Price { get; init; }

    /// <summary>In base currency.</summary>
    [JsonPropertyName("qty")]
    public decimal Quantity { get; init; }

    /// <summary>In quote currency.</summary>
    [JsonPropertyName("quoteQty")]
    public decimal QuoteQuantity { get; init; }

    /// <summary>In <see cref="CommissionAsset"/>.</summary>
    public decimal Commission { get; init; }

    public string CommissionAsset { get; init; } = "";

    public DateTime Time { get; init; }

    public bool IsBuyer { get; init; }

    public bool IsMaker { get; init; }
}
