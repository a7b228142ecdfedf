using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Orders made smaller, and what was changed of them.</summary>
internal static class AmendOperations
{
    private const int Weight = 4;

    public static IEnumerable<Operation> All =>
    [
        TradeOperations.Signed("order.amend.keepPriority", "PUT", "order/amend/keepPriority", Security.Trade, _ => Weight, ["symbol", "orderId", "origClientOrderId", "newClientOrderId", "newQty"], Amend),
        TradeOperations.Signed("order.amendments", "GET", "order/amendments", Security.UserData, _ => Weight, ["symbol", "orderId", "fromExecutionId", "limit"], FindAll),
    ];

    private static Action<Wire> Amend(Call call)
    {
        var market = call.Market();
        var find = TradeOperations.Finder(call, market, "orderId", "origClientOrderId");
        var quantity = call.Parameters.RequiredAmount("newQty");
        var id = call.Parameters.ClientId("newClientOrderId");
        return wire =>
        {
            var order = find();
            call.Floor.Amendments.Amend(call.Account, market, order, quantity, id ?? call.Floor.Register.NewClientId());
            call.IsFree = !order!.IsOpen;
            wire.Open();
            wire.Time("transactTime", call.Floor.Time.Now);
            wire.Number("executionId", order.Amendments[^1].Execution);
            wire.Open("amendedOrder");
            OrderJson.Amended(wire, order);
            wire.Close();
            if (order.List is { } list)
            {
                wire.Open("listStatus");
                ListJson.Status(wire, list);
                wire.Close();
            }

            wire.Close();
        };
    }

    private static Action<Wire> FindAll(Call call)
    {
        var market = call.Market();
        call.Parameters.RequiredText("orderId");
        var (id, from) = (call.Parameters.Number("orderId")!.Value, call.Parameters.Number("fromExecutionId"));
        var limit = TradeOperations.Limit(call.Parameters);
        return wire =>
        {
            var amendments = call.Floor.Register.Find(call.Account, market, id)?.Amendments ?? [];
            wire.OpenList();
            foreach (var amendment in amendments.Where(amendment => !(amendment.Execution < from)).Take(limit))
            {
                wire.Open();
                wire.Text("symbol", market.Symbol);
                wire.Number("orderId", id);
                wire.Number("executionId", amendment.Execution);
                wire.Text("origClientOrderId", amendment.OldId);
                wire.Text("newClientOrderId", amendment.NewId);
                wire.Amount("origQty", amendment.OldQuantity);
                wire.Amount("newQty", amendment.NewQuantity);
                wire.Time("time", amendment.Time);
                wire.Close();
            }

            wire.CloseList();
        };
    }
}
