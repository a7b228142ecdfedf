using System.Text.Json;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>Reads answers that are arrays of arrays: bars and order books.</summary>
internal static class MarketReader
{
    private const int UsualCount = 1_000;

    /// <exception cref="JsonException">They are no bars.</exception>
    public static Kline[] Klines(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        var klines = new List<Kline>(UsualCount);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            var open = Time(ref reader);
            var candle = new Candle(open, Double(ref reader), Double(ref reader), Double(ref reader), Double(ref reader), Double(ref reader));
            klines.Add(new Kline(candle, Time(ref reader), Double(ref reader), Count(ref reader), Double(ref reader), Double(ref reader)));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. klines] : throw new JsonException("The bars do not end.");
    }

    /// <exception cref="JsonException">It is no order book.</exception>
    public static BookSnapshot Book(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        long? lastUpdateId = null;
        PriceLevel[]? bids = null;
        PriceLevel[]? asks = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("lastUpdateId"u8))
            {
                Expect(ref reader, JsonTokenType.Number);
                lastUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                bids = Levels(ref reader);
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                asks = Levels(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return lastUpdateId is { } id && bids is not null && asks is not null ? new BookSnapshot(id, bids, asks) : throw new JsonException("A part of the book is missing.");
    }

    private static PriceLevel[] Levels(ref Utf8JsonReader reader)
    {
        var levels = new List<PriceLevel>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            levels.Add(new PriceLevel(Decimal(ref reader), Decimal(ref reader)));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
        }

        return [.. levels];
    }

    private static DateTime Time(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return ExchangeTime.Of(reader.GetInt64());
    }

    private static int Count(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.GetInt32();
    }

    private static double Double(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return DecimalText.TryParse(reader.ValueSpan, out var value, out _) ? value : throw new JsonException("This is no number.");
    }

    private static decimal Decimal(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return DecimalScan.TryParse(reader.ValueSpan, out var value) ? value : throw new JsonException("This is no number.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw new JsonException($"There is {reader.TokenType} where {type} was expected.");
    }
}
