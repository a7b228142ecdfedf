using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>The last price of a symbol.</summary>
public sealed record PriceTicker(string Symbol, decimal Price);

/// <summary>The best bid and ask of a symbol.</summary>
public sealed record BookTicker(
    string Symbol,
    decimal BidPrice,
    [property: JsonPropertyName("bidQty")] decimal BidQuantity,
    decimal AskPrice,
    [property: JsonPropertyName("askQty")] decimal AskQuantity);

/// <summary>The last 24 hours of a symbol.</summary>
public sealed record DayTicker
{
    public string Symbol { get; init; } = "";

    public decimal OpenPrice { get; init; }

    public decimal HighPrice { get; init; }

    public decimal LowPrice { get; init; }

    public decimal LastPrice { get; init; }

    /// <summary>In percent.</summary>
    public decimal PriceChangePercent { get; init; }

    /// <summary>In base currency.</summary>
    public decimal Volume { get; init; }

    /// <summary>In quote currency.</summary>
    public decimal QuoteVolume { get; init; }

    public DateTime OpenTime { get; init; }

    public DateTime CloseTime { get; init; }

    /// <summary>Trades.</summary>
    public long Count { get; init; }
}
