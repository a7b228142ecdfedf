using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Lists of orders as the exchange writes them in its answers; the fields of an object, without the braces around.</summary>
internal static class ListJson
{
    /// <summary>The head of a list, with the names of its orders.</summary>
    public static void Head(Wire wire, OrderList list)
    {
        wire.Number("orderListId", list.Id);
        wire.Term("contingencyType", list.Kind);
        wire.Text("listStatusType", list.IsDone ? "ALL_DONE" : "EXEC_STARTED");
        wire.Text("listOrderStatus", list.IsDone ? "ALL_DONE" : "EXECUTING");
        wire.Text("listClientOrderId", list.ClientId);
        wire.Time("transactionTime", list.Time);
        Names(wire, list);
    }

    /// <summary>A list as the amendment of one of its orders tells it.</summary>
    public static void Status(Wire wire, OrderList list)
    {
        wire.Number("orderListId", list.Id);
        wire.Term("contingencyType", list.Kind);
        wire.Text("listOrderStatus", list.IsDone ? "ALL_DONE" : "EXECUTING");
        wire.Text("listClientOrderId", list.ClientId);
        Names(wire, list);
    }

    public static void Canceled(Wire wire, OrderList list, DateTime now)
    {
        Head(wire, list);
        wire.OpenList("orderReports");
        foreach (var order in list.Orders)
        {
            wire.Open();
            OrderJson.Canceled(wire, order, now);
            wire.Close();
        }

        wire.CloseList();
    }

    private static void Names(Wire wire, OrderList list)
    {
        wire.Text("symbol", list.Market.Symbol);
        wire.OpenList("orders");
        foreach (var order in list.Orders)
        {
            wire.Open();
            wire.Text("symbol", order.Market.Symbol);
            wire.Number("orderId", order.Id);
            wire.Text("clientOrderId", order.ClientId);
            wire.Close();
        }

        wire.CloseList();
    }
}
