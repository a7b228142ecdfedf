using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Places and cancels orders of one account. An error whose outcome is unknown is looked up with <see cref="AccountCalls"/>, never sent again blindly.</summary>
public sealed class OrderCalls(RestConnection rest)
{
    /// <summary>The exchange's clock, UTC, as far as it was measured.</summary>
    public DateTime Now => rest.Clock.Now;

    /// <summary>Places an order; the answer has the trades that it made at once.</summary>
    public Task<Answer<ExchangeOrder>> PlaceAsync(OrderTicket ticket, RequestRank rank, CancellationToken cancellation = default) =>
        rest.SendAsync(Order("/api/v3/order", rank, orders: 1), ticket.AddTo(rest.Parameters()), ReadOrder, cancellation);

    /// <summary>Has the exchange check an order without placing it. True, unless there is an error.</summary>
    public Task<Answer<bool>> TestAsync(OrderTicket ticket, CancellationToken cancellation = default) =>
        rest.SendAsync(Order("/api/v3/order/test", RequestRank.Data, orders: 0), ticket.AddTo(rest.Parameters()), _ => true, cancellation);

    /// <summary>Cancels an order, and with one leg its whole list.</summary>
    /// <param name="newClientOrderId">What the order is called from then on; null for a name of the exchange's choice.</param>
    public Task<Answer<Cancellation>> CancelAsync(OrderName order, RequestRank rank, string? newClientOrderId = null, CancelRestriction restriction = CancelRestriction.Any, CancellationToken cancellation = default)
    {
        var text = order.AddTo(rest.Parameters().Add("symbol"u8, order.Symbol), "orderId"u8, "origClientOrderId"u8);
        if (newClientOrderId is not null) text.Add("newClientOrderId"u8, ClientOrderIds.Checked(newClientOrderId));
        if (restriction != CancelRestriction.Any) text.Add("cancelRestrictions"u8, EnumText<CancelRestriction>.Of(restriction));
        return rest.SendAsync(Cancel("/api/v3/order", rank), text, ReadCancellation, cancellation);
    }

    /// <summary>Cancels all orders of a symbol; -2011 when there is none.</summary>
    public Task<Answer<Cancellation>> CancelAllAsync(string symbol, RequestRank rank, CancellationToken cancellation = default) =>
        rest.SendAsync(Cancel("/api/v3/openOrders", rank), rest.Parameters().Add("symbol"u8, symbol), ReadCancellation, cancellation);

    /// <summary>Cancels a list with all its orders.</summary>
    public Task<Answer<Cancellation>> CancelListAsync(OrderName list, RequestRank rank, CancellationToken cancellation = default) =>
        rest.SendAsync(Cancel("/api/v3/orderList", rank), list.AddTo(rest.Parameters().Add("symbol"u8, list.Symbol), "orderListId"u8, "listClientOrderId"u8), ReadCancellation, cancellation);

    /// <summary>
    /// Cancels one order and places another in its stead. That is not one act: either half may fail by itself, which the answer tells,
    /// as far as the exchange said it.
    /// </summary>
    /// <param name="mustCancel">True to place nothing where nothing was canceled.</param>
    public async Task<Answer<CancelReplace>> CancelReplaceAsync(OrderName order, OrderTicket ticket, bool mustCancel, RequestRank rank, CancellationToken cancellation = default)
    {
        var text = ticket.AddTo(rest.Parameters()).Add("cancelReplaceMode"u8, mustCancel ? "STOP_ON_FAILURE" : "ALLOW_FAILURE");
        order.AddTo(text, "cancelOrderId"u8, "cancelOrigClientOrderId"u8);
        var answer = await rest.SendAsync(Order("/api/v3/order/cancelReplace", rank, orders: 1), text, json => BinanceJson.Read(json, BinanceJson.Default.CancelReplaceText).Read(error: null), cancellation);
        return answer.Error is { Code: -2021 or -2022 } error && Halves(error) is { } halves ? new Answer<CancelReplace>.Given(halves) : answer;
    }

    /// <summary>Places a target and a stop of which one cancels the other.</summary>
    public Task<Answer<ExchangeOrderList>> PlaceOcoAsync(OcoTicket ticket, RequestRank rank, CancellationToken cancellation = default) =>
        rest.SendAsync(Order("/api/v3/orderList/oco", rank, orders: 2), ticket.AddTo(rest.Parameters()), ReadList, cancellation);

    /// <summary>Places a limit order that is covered by a target and a stop as soon as it is filled in full.</summary>
    public Task<Answer<ExchangeOrderList>> PlaceOtocoAsync(OtocoTicket ticket, RequestRank rank, CancellationToken cancellation = default) =>
        rest.SendAsync(Order("/api/v3/orderList/otoco", rank, orders: 3), ticket.AddTo(rest.Parameters()), ReadList, cancellation);

    private RestCall Order(string path, RequestRank rank, int orders) =>
        new(HttpMethod.Post, path, new RequestCost(1, orders, rest.Account), rank, RequestNature.Order, IsSigned: true);

    private RestCall Cancel(string path, RequestRank rank) =>
        new(HttpMethod.Delete, path, new RequestCost(1, 0, rest.Account), rank, RequestNature.Cancel, IsSigned: true);

    private static ExchangeOrder ReadOrder(ReadOnlyMemory<byte> json) => BinanceJson.Read(json, BinanceJson.Default.ExchangeOrder);

    private static ExchangeOrderList ReadList(ReadOnlyMemory<byte> json) => BinanceJson.Read(json, BinanceJson.Default.ExchangeOrderList);

    private static CancelReplace? Halves(BinanceError error)
    {
        try
        {
            return BinanceJson.Read(error.Body, BinanceJson.Default.HalfDoneText).Data?.Read(error);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An order, a list, or an array of both.</summary>
    private static Cancellation ReadCancellation(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var orders = new List<ExchangeOrder>();
        var list = -1L;
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in root.EnumerateArray()) Add(element);
        }
        else
        {
            Add(root);
        }

        return new Cancellation(orders, list);

        void Add(JsonElement element)
        {
            if (element.TryGetProperty("orderReports"u8, out _))
            {
                var whole = element.Deserialize(BinanceJson.Default.ExchangeOrderList)!;
                list = whole.OrderListId;
                orders.AddRange(whole.OrderReports);
            }
            else
            {
                orders.Add(element.Deserialize(BinanceJson.Default.ExchangeOrder)!);
            }
        }
    }
}
