using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>The answer to <c>cancelReplace</c> as it is written; each response is an order, a refusal or null.</summary>
internal sealed record CancelReplaceText
{
    public HalfResult CancelResult { get; init; }

    public HalfResult NewOrderResult { get; init; }

    public JsonElement CancelResponse { get; init; }

    public JsonElement NewOrderResponse { get; init; }

    public CancelReplace Read(BinanceError? error) => new()
    {
        CancelResult = CancelResult,
        NewOrderResult = NewOrderResult,
        Canceled = CancelResult == HalfResult.Success ? Of(CancelResponse, BinanceJson.Default.ExchangeOrder) : null,
        Placed = NewOrderResult == HalfResult.Success ? Of(NewOrderResponse, BinanceJson.Default.ExchangeOrder) : null,
        CancelCode = CancelResult == HalfResult.Failure ? Of(CancelResponse, BinanceJson.Default.RefusalText)?.Code ?? 0 : 0,
        CancelMessage = CancelResult == HalfResult.Failure ? Of(CancelResponse, BinanceJson.Default.RefusalText)?.Msg ?? "" : "",
        NewOrderCode = NewOrderResult == HalfResult.Failure ? Of(NewOrderResponse, BinanceJson.Default.RefusalText)?.Code ?? 0 : 0,
        NewOrderMessage = NewOrderResult == HalfResult.Failure ? Of(NewOrderResponse, BinanceJson.Default.RefusalText)?.Msg ?? "" : "",
        Error = error,
    };

    private static T? Of<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class => element.ValueKind == JsonValueKind.Object ? element.Deserialize(type) : null;
}

/// <summary>A refusal within an answer.</summary>
internal sealed record RefusalText(int Code, string Msg);

/// <summary>The body of a refusal that has the halves in its <c>data</c>.</summary>
internal sealed record HalfDoneText(int Code, string Msg, CancelReplaceText? Data);
