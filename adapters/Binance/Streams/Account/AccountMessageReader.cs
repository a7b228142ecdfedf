using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansTrader.Adapters.Binance.Calls.Json;

namespace OrleansTrader.Adapters.Binance.Streams.Account;

/// <summary>Reads what comes over the WebSocket API: events in their envelope, and answers to requests.</summary>
internal sealed class AccountMessageReader(IAccountListener listener)
{
    // That DateTime can tell, ms since 1970.
    private const long LastMoment = 253_402_300_799_999;

    /// <summary>The last answer; its code is the exchange's own, below 0, or its status where it gave none.</summary>
    public StreamReply Reply { get; private set; }

    /// <returns><see cref="MessageKind.Shutdown"/> also where the subscription has ended.</returns>
    /// <exception cref="JsonException">The message is broken.</exception>
    public MessageKind Read(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        using var document = JsonDocument.ParseValue(ref json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return MessageKind.Other;
        if (root.TryGetProperty("event"u8, out var happened)) return Pass(happened);
        if (!root.TryGetProperty("status"u8, out var status)) return MessageKind.Other;
        var id = root.TryGetProperty("id"u8, out var number) && number.ValueKind == JsonValueKind.Number ? Whole(number) : -1;
        var count = root.TryGetProperty("result"u8, out var result) && result.ValueKind == JsonValueKind.Array ? result.GetArrayLength() : -1;
        Reply = new StreamReply(id, 0, "", count);
        var (code, text, retryAt) = (Code(status), "", default(DateTime?));
        if (code == 200) return MessageKind.Reply;
        if (root.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object)
        {
            if (error.TryGetProperty("code"u8, out var said)) code = Code(said);
            if (error.TryGetProperty("msg"u8, out var words) && words.ValueKind == JsonValueKind.String) text = words.GetString()!;
            if (error.TryGetProperty("data"u8, out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("retryAfter"u8, out var until)) retryAt = MomentOf(until);
        }

        Reply = new StreamReply(id, code, text, Status: Code(status), RetryAt: retryAt);
        return MessageKind.Reply;
    }

    private static long Whole(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value : throw new JsonException("What must be a whole number is none.");

    /// <summary>Null for what is none: that something was refused matters more than until when.</summary>
    private static DateTime? MomentOf(JsonElement milliseconds) =>
        milliseconds.ValueKind == JsonValueKind.Number && milliseconds.TryGetInt64(out var since) && since is > 0 and <= LastMoment ? DateTime.UnixEpoch.AddMilliseconds(since) : null;

    private static int Code(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : throw new JsonException("A status or code is no whole number.");

    private MessageKind Pass(JsonElement happened)
    {
        if (happened.ValueKind != JsonValueKind.Object) throw new JsonException("The event is none.");
        switch (happened.TryGetProperty("e"u8, out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null)
        {
            case "executionReport":
                listener.OnOrder(Of(happened, BinanceJson.Default.OrderReport));
                return MessageKind.Data;
            case "listStatus":
                listener.OnOrderList(Of(happened, BinanceJson.Default.OrderListReport));
                return MessageKind.Data;
            case "outboundAccountPosition":
                listener.OnBalances(Of(happened, BinanceJson.Default.BalanceReport));
                return MessageKind.Data;
            case "balanceUpdate":
                listener.OnTransfer(Of(happened, BinanceJson.Default.TransferReport));
                return MessageKind.Data;
            case "serverShutdown" or "eventStreamTerminated":
                return MessageKind.Shutdown;
            default:
                return MessageKind.Other;
        }
    }

    private static T Of<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class => element.Deserialize(type) ?? throw new JsonException("The event is null.");
}
