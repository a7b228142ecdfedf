using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>
/// How answers are read: field names by case, since the exchange has names that differ in nothing else; prices from text to exact
/// decimals; fields and words that are not known are passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(ExchangeTimeConverter), typeof(ExchangeTimeOrNoneConverter), typeof(EnumTextConverter<RateLimitKind>), typeof(EnumTextConverter<ListingStatus>),
        typeof(EnumTextConverter<OrderSide>), typeof(EnumTextConverter<BinanceOrderType>), typeof(EnumTextConverter<BinanceOrderStatus>),
        typeof(EnumTextConverter<TimeInForce>), typeof(EnumTextConverter<SelfTradePrevention>), typeof(EnumTextConverter<OrderListStatus>), typeof(EnumTextConverter<HalfResult>),
        typeof(EnumTextConverter<ExecutionType>),
    ])]
[JsonSerializable(typeof(ListingText))]
[JsonSerializable(typeof(LimitText[]))]
[JsonSerializable(typeof(PriceTicker[]))]
[JsonSerializable(typeof(BookTicker[]))]
[JsonSerializable(typeof(DayTicker[]))]
[JsonSerializable(typeof(ExchangeOrder[]))]
[JsonSerializable(typeof(ExchangeOrderList[]))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(KeyRights))]
[JsonSerializable(typeof(CommissionTable))]
[JsonSerializable(typeof(AccountTrade[]))]
[JsonSerializable(typeof(HalfDoneText))]
[JsonSerializable(typeof(RefusalText))]
[JsonSerializable(typeof(OrderReport))]
[JsonSerializable(typeof(OrderListReport))]
[JsonSerializable(typeof(BalanceReport))]
[JsonSerializable(typeof(TransferReport))]
internal sealed partial class BinanceJson : JsonSerializerContext
{
    /// <exception cref="JsonException">It is no such thing; null is none either.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(json.Span, type) ?? throw new JsonException("The answer is null.");
}
