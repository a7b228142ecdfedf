using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Orders: to place, to try, to find, to take back and to replace.</summary>
internal static class TradeOperations
{
    private const int FindWeight = 4;
    private const int OpenWeight = 6;
    private const int AllOpenWeight = 80;
    private const int MostRows = 1000;
    private const int DefaultRows = 500;
    private static readonly TimeSpan LongestSpan = TimeSpan.FromHours(24);

    private static readonly string[] OrderNames =
        ["symbol", "side", "quantity", "quoteOrderQty", "newOrderRespType", "selfTradePreventionMode", .. OrderDraft.Names("")];

    public static IEnumerable<Operation> All =>
    [
        Entry("order.place", "POST", "order", orders: 1, OrderNames, Place),
        Signed(Operations.Rehearsal, "POST", "order/test", Security.Trade, p => p.Has("computeCommissionRates") && p.Flag("computeCommissionRates", otherwise: false) ? 20 : 1, [.. OrderNames, "computeCommissionRates"], Test),
        Signed("order.status", "GET", "order", Security.UserData, _ => FindWeight, ["symbol", "orderId", "origClientOrderId"], Find),
        Entry("order.cancel", "DELETE", "order", orders: 0, ["symbol", "orderId", "origClientOrderId", "newClientOrderId", "cancelRestrictions"], Cancel),
        Entry("order.cancelReplace", "POST", "order/cancelReplace", orders: 1, [.. OrderNames, "cancelReplaceMode", "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId", "cancelRestrictions", "orderRateLimitExceededMode"], CancelReplacement.Prepare)
            with { JudgesOrdersItself = true },
        Signed("openOrders.status", "GET", "openOrders", Security.UserData, p => p.Has("symbol") ? OpenWeight : AllOpenWeight, ["symbol"], Open),
        Entry("openOrders.cancelAll", "DELETE", "openOrders", orders: 0, ["symbol"], CancelAll),
        Signed("allOrders", "GET", "allOrders", Security.UserData, _ => 20, ["symbol", "orderId", "startTime", "endTime", "limit"], AllOrders),
    ];

    public static Operation Signed(string name, string verb, string path, Security security, Func<Parameters, int> weight, IEnumerable<string> names, Func<Call, Action<Wire>> prepare) =>
        new(name, verb, $"/api/v3/{path}", security, weight, names.ToHashSet(StringComparer.Ordinal), prepare);

    /// <summary>An operation that brings orders in or takes them back: it costs nothing when it succeeds.</summary>
    public static Operation Entry(string name, string verb, string path, int orders, IEnumerable<string> names, Func<Call, Action<Wire>> prepare) =>
        Signed(name, verb, path, Security.Trade, _ => 1, names, prepare) with { Orders = orders, IsFreeOnSuccess = true };

    /// <summary>How much the answer to a new order says.</summary>
    public static ResponseKind ResponseOf(Parameters parameters, OrderKind kind) =>
        parameters.Term<ResponseKind>("newOrderRespType", -1100, "Illegal characters found in parameter 'newOrderRespType'; legal range is 'ACK, RESULT, FULL'.")
        ?? (kind is OrderKind.Market or OrderKind.Limit ? ResponseKind.Full : ResponseKind.Ack);

    /// <summary>The order that <paramref name="idName"/> and <paramref name="clientIdName"/> name; null when there is none.</summary>
    public static Func<Order?> Finder(Call call, SymbolMarket market, string idName, string clientIdName)
    {
        var (id, clientId) = (call.Parameters.Number(idName), call.Parameters.Text(clientIdName));
        if (id is null && clientId is null) throw new Refusal(-1102, $"Param '{clientIdName}' or '{idName}' must be sent, but both were empty/null!");
        var register = call.Floor.Register;
        return () =>
        {
            if (id is not { } number) return register.Find(call.Account, market, clientId!);
            var order = register.Find(call.Account, market, number);
            if (order is null || clientId is null || string.Equals(order.ClientId, clientId, StringComparison.Ordinal)) return order;
            throw new Refusal(-2039, "The requested orderId and origClientOrderId do not match.");
        };
    }

    /// <summary>Takes an order back, with its list when it is in one, and writes what was taken back.</summary>
    public static Action<Wire> CancelNow(Call call, Order? order, string? newClientId, string? restrictions)
    {
        var floor = call.Floor;
        if (order is not { IsOpen: true }) throw Refusal.OfCancel("Unknown order sent.");
        var isMet = restrictions switch
        {
            "ONLY_NEW" => order.Status is OrderStatus.New or OrderStatus.PendingNew,
            "ONLY_PARTIALLY_FILLED" => order.Status == OrderStatus.PartiallyFilled,
            _ => true,
        };
        if (!isMet) throw Refusal.OfCancel("Order was not canceled due to cancel restrictions.");
        var clientId = newClientId ?? floor.Register.NewClientId();
        if (order.List is { IsDone: false } list)
        {
            floor.Lists.Cancel(list, clientId);
            return wire => ListJson.Canceled(wire, list, floor.Time.Now);
        }

        floor.Orders.Cancel(order, clientId);
        return wire => OrderJson.Canceled(wire, order, floor.Time.Now);
    }

    public static string? Restrictions(Parameters parameters) => parameters.Text("cancelRestrictions") switch
    {
        null or "ONLY_NEW" or "ONLY_PARTIALLY_FILLED" => parameters.Text("cancelRestrictions"),
        _ => throw new Refusal(-1145, "Invalid cancelRestrictions."),
    };

    /// <summary>Rows in a span of time of a day at the most.</summary>
    public static (DateTime? Start, DateTime? End) Span(Parameters parameters)
    {
        var (start, end) = (parameters.Moment("startTime"), parameters.Moment("endTime"));
        return end - start > LongestSpan ? throw new Refusal(-1127, "More than 24 hours between startTime and endTime.") : (start, end);
    }

    /// <summary>The oldest rows from a start on, and the newest where there is none.</summary>
    public static IEnumerable<T> Page<T>(IEnumerable<T> rows, bool fromStart, int limit) => fromStart ? rows.Take(limit) : rows.TakeLast(limit);

    public static int Limit(Parameters parameters) => parameters.Number("limit", DefaultRows, MostRows);

    private static Action<Wire> Place(Call call)
    {
        var market = call.Market();
        var draft = OrderDraft.Read(call.Parameters, "");
        var response = ResponseOf(call.Parameters, draft.Kind);
        return wire =>
        {
            var order = call.Floor.Orders.Place(call.Account, market, draft);
            wire.Open();
            OrderJson.Placed(wire, order, response, call.Floor.Time.Now);
            wire.Close();
        };
    }

    private static Action<Wire> Test(Call call)
    {
        var market = call.Market();
        var draft = OrderDraft.Read(call.Parameters, "");
        ResponseOf(call.Parameters, draft.Kind);
        var tellsRates = call.Parameters.Flag("computeCommissionRates", otherwise: false);
        return wire =>
        {
            call.Floor.Orders.Judge(call.Account, market, draft);
            wire.Open();
            if (tellsRates) CommissionJson.ForOrder(wire, call.Account.Options, draft.Side);
            wire.Close();
        };
    }

    private static Action<Wire> Find(Call call)
    {
        var find = Finder(call, call.Market(), "orderId", "origClientOrderId");
        return wire =>
        {
            var order = find() ?? throw new Refusal(-2013, "Order does not exist.");
            wire.Open();
            OrderJson.Found(wire, order);
            wire.Close();
        };
    }

    private static Action<Wire> Cancel(Call call)
    {
        var find = Finder(call, call.Market(), "orderId", "origClientOrderId");
        var newId = call.Parameters.ClientId("newClientOrderId");
        var restrictions = Restrictions(call.Parameters);
        return wire =>
        {
            var write = CancelNow(call, find(), newId, restrictions);
            wire.Open();
            write(wire);
            wire.Close();
        };
    }

    private static Action<Wire> Open(Call call)
    {
        var market = call.MarketIfNamed();
        return wire => Rows(wire, call.Floor.Register.Orders.Where(order => order.IsOpen && order.Account == call.Account && (market is null || order.Market == market)));
    }

    private static Action<Wire> CancelAll(Call call)
    {
        var market = call.Market();
        return wire =>
        {
            var open = call.Floor.Register.OpenOf(call.Account, market).ToArray();
            if (open.Length == 0) throw Refusal.OfCancel("Unknown order sent.");
            wire.OpenList();
            foreach (var order in open)
            {
                // The other orders of its list went with the first one.
                if (!order.IsOpen) continue;
                wire.Open();
                CancelNow(call, order, newClientId: null, restrictions: null)(wire);
                wire.Close();
            }

            wire.CloseList();
        };
    }

    private static Action<Wire> AllOrders(Call call)
    {
        var market = call.Market();
        var from = call.Parameters.Number("orderId");
        var (start, end) = Span(call.Parameters);
        var limit = Limit(call.Parameters);
        return wire =>
        {
            var orders = call.Floor.Register.Of(call.Account, market)
                .Where(order => !(order.Id < from) && !(order.Created < start) && !(order.Created > end));
            Rows(wire, Page(orders, from is not null || start is not null, limit));
        };
    }

    private static void Rows(Wire wire, IEnumerable<Order> orders)
    {
        wire.OpenList();
        foreach (var order in orders)
        {
            wire.Open();
            OrderJson.Found(wire, order);
            wire.Close();
        }

        wire.CloseList();
    }
}
