using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Lists of orders that depend on each other.</summary>
internal static class ListOperations
{
    private const int FindWeight = 4;
    private const int OpenWeight = 6;
    private const int AllWeight = 20;

    private static readonly string[] Common = ["symbol", "listClientOrderId", "newOrderRespType", "selfTradePreventionMode"];

    public static IEnumerable<Operation> All =>
    [
        Place("orderList.place", "order/oco", 2, OldPair.Names, p => new ListDraft(null, OldPair.Read(p), ClientId(p))),
        Place("oco", 2, ["side", "quantity", .. OrderDraft.Names("above"), .. OrderDraft.Names("below")], p => new ListDraft(null, Pair(p, "above", "below", OrderDraft.SideOf(p, "side"), p.RequiredAmount("quantity")), ClientId(p))),
        Place("oto", 2, [.. Working, "pendingSide", "pendingQuantity", .. OrderDraft.Names("pending")], p => new ListDraft(WorkingOf(p), [PendingOf(p, OrderDraft.SideOf(p, "pendingSide"), p.RequiredAmount("pendingQuantity"))], ClientId(p))),
        Place("otoco", 3, [.. Working, "pendingSide", "pendingQuantity", .. OrderDraft.Names("pendingAbove"), .. OrderDraft.Names("pendingBelow")], p => new ListDraft(WorkingOf(p), PendingPair(p, OrderDraft.SideOf(p, "pendingSide"), p.RequiredAmount("pendingQuantity")), ClientId(p))),
        Place("opo", 2, [.. Working, "pendingSide", .. OrderDraft.Names("pending")], p => new ListDraft(Buying(p), [PendingOf(p, Selling(p), 0)], ClientId(p), PaysOut: true)),
        Place("opoco", 3, [.. Working, "pendingSide", .. OrderDraft.Names("pendingAbove"), .. OrderDraft.Names("pendingBelow")], p => new ListDraft(Buying(p), PendingPair(p, Selling(p), 0), ClientId(p), PaysOut: true)),
        TradeOperations.Entry("orderList.cancel", "DELETE", "orderList", orders: 0, ["symbol", "orderListId", "listClientOrderId", "newClientOrderId"], Cancel),
        TradeOperations.Signed("orderList.status", "GET", "orderList", Security.UserData, _ => FindWeight, ["orderListId", "origClientOrderId"], Find),
        TradeOperations.Signed("openOrderLists.status", "GET", "openOrderList", Security.UserData, _ => OpenWeight, [], call => wire => Rows(wire, call.Floor.Register.ListsOf(call.Account).Where(list => !list.IsDone))),
        TradeOperations.Signed("allOrderLists", "GET", "allOrderList", Security.UserData, _ => AllWeight, ["fromId", "startTime", "endTime", "limit"], FindAll),
    ];

    private static string[] Working => ["workingSide", "workingQuantity", .. OrderDraft.Names("working")];

    private static Operation Place(string kind, int orders, IEnumerable<string> names, Func<Parameters, ListDraft> read) =>
        Place($"orderList.place.{kind}", $"orderList/{kind}", orders, names, read);

    private static Operation Place(string name, string path, int orders, IEnumerable<string> names, Func<Parameters, ListDraft> read) =>
        TradeOperations.Entry(name, "POST", path, orders, [.. Common, .. names], call =>
        {
            var market = call.Market();
            var draft = read(call.Parameters);
            var response = call.Parameters.Has("newOrderRespType") ? TradeOperations.ResponseOf(call.Parameters, OrderKind.Limit) : ResponseKind.Result;
            return wire =>
            {
                var list = call.Floor.Lists.Place(call.Account, market, draft);
                wire.Open();
                ListJson.Head(wire, list);
                wire.OpenList("orderReports");
                foreach (var order in list.Orders)
                {
                    wire.Open();
                    OrderJson.Placed(wire, order, response, call.Floor.Time.Now, isPending: list.Working is not null && order != list.Working);
                    wire.Close();
                }

                wire.CloseList();
                wire.Close();
            };
        });

    private static string? ClientId(Parameters parameters) => parameters.ClientId("listClientOrderId");

    private static OrderDraft WorkingOf(Parameters parameters)
    {
        var draft = OrderDraft.Read(parameters, "working");
        return draft.Kind is OrderKind.Limit or OrderKind.LimitMaker ? draft : throw new Refusal(-1116, "Invalid orderType.");
    }

    private static OrderDraft Buying(Parameters parameters) =>
        WorkingOf(parameters) is { Side: OrderSide.Buy } draft ? draft : throw new Refusal(-1117, "Invalid side.");

    private static OrderSide Selling(Parameters parameters) =>
        !parameters.Has("pendingSide") || OrderDraft.SideOf(parameters, "pendingSide") == OrderSide.Sell ? OrderSide.Sell : throw new Refusal(-1117, "Invalid side.");

    private static OrderDraft PendingOf(Parameters parameters, OrderSide side, decimal quantity) => OrderDraft.Read(parameters, "pending", side, quantity);

    private static OrderDraft[] PendingPair(Parameters parameters, OrderSide side, decimal quantity) =>
        Pair(parameters, "pendingAbove", "pendingBelow", side, quantity);

    /// <summary>The stop leg first, and the profit leg after it.</summary>
    private static OrderDraft[] Pair(Parameters parameters, string abovePrefix, string belowPrefix, OrderSide side, decimal quantity)
    {
        var above = OrderDraft.Read(parameters, abovePrefix, side, quantity);
        var below = OrderDraft.Read(parameters, belowPrefix, side, quantity);
        var (profit, stop) = side == OrderSide.Sell ? (above, below) : (below, above);
        var isPair = profit.Kind is OrderKind.LimitMaker or OrderKind.TakeProfit or OrderKind.TakeProfitLimit && stop.Kind is OrderKind.StopLoss or OrderKind.StopLossLimit;
        return isPair ? [stop, profit] : throw new Refusal(-1158, "Invalid order type for the legs of an order list.");
    }

    private static Action<Wire> Cancel(Call call)
    {
        var market = call.Market();
        var find = Finder(call, "listClientOrderId");
        var newId = call.Parameters.ClientId("newClientOrderId");
        return wire =>
        {
            var list = find();
            if (list is not { IsDone: false } || list.Market != market) throw Refusal.OfCancel("Unknown order list sent.");
            call.Floor.Lists.Cancel(list, newId ?? call.Floor.Register.NewClientId());
            wire.Open();
            ListJson.Canceled(wire, list, call.Floor.Time.Now);
            wire.Close();
        };
    }

    private static Action<Wire> Find(Call call)
    {
        var find = Finder(call, "origClientOrderId");
        return wire =>
        {
            var list = find() ?? throw new Refusal(-2018, "Order list does not exist.");
            wire.Open();
            ListJson.Head(wire, list);
            wire.Close();
        };
    }

    private static Action<Wire> FindAll(Call call)
    {
        var from = call.Parameters.Number("fromId");
        var (start, end) = TradeOperations.Span(call.Parameters);
        if (from is not null && (start ?? end) is not null) throw new Refusal(-1128, "Combination of optional parameters invalid.");
        var limit = TradeOperations.Limit(call.Parameters);
        return wire =>
        {
            var lists = call.Floor.Register.ListsOf(call.Account).Where(list => !(list.Id < from) && !(list.Time < start) && !(list.Time > end));
            Rows(wire, TradeOperations.Page(lists, from is not null || start is not null, limit));
        };
    }

    private static Func<OrderList?> Finder(Call call, string clientIdName)
    {
        var (id, clientId) = (call.Parameters.Number("orderListId"), call.Parameters.Text(clientIdName));
        if (id is null && clientId is null) throw new Refusal(-1102, $"Param '{clientIdName}' or 'orderListId' must be sent, but both were empty/null!");
        return () => id is { } number ? call.Floor.Register.FindList(call.Account, number) : call.Floor.Register.FindList(call.Account, clientId!);
    }

    private static void Rows(Wire wire, IEnumerable<OrderList> lists)
    {
        wire.OpenList();
        foreach (var list in lists)
        {
            wire.Open();
            ListJson.Head(wire, list);
            wire.Close();
        }

        wire.CloseList();
    }
}
