using OrleansTrader.ExchangeSimulator.Orders;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Orders as the exchange writes them in its answers; the fields of an object, without the braces around.</summary>
internal static class OrderJson
{
    /// <summary>The answer to a new order.</summary>
    /// <param name="isPending">It is told as waiting for another, even where that one has brought it in already.</param>
    public static void Placed(Wire wire, Order order, ResponseKind kind, DateTime now, bool isPending = false)
    {
        Head(wire, order, isCancel: false);
        wire.Time("transactTime", now);
        if (kind == ResponseKind.Ack) return;
        State(wire, order, isPending ? OrderStatus.PendingNew : order.Status);
        if (isPending) wire.Number("workingTime", -1);
        else wire.Time("workingTime", order);
        if (kind == ResponseKind.Full)
        {
            wire.OpenList("fills");
            foreach (var fill in order.Fills)
            {
                wire.Open();
                wire.Amount("price", fill.Price);
                wire.Amount("qty", fill.Quantity);
                wire.Amount("commission", fill.Commission);
                wire.Text("commissionAsset", fill.CommissionAsset);
                wire.Number("tradeId", fill.Id);
                wire.Close();
            }

            wire.CloseList();
        }

        Tail(wire, order);
        if (order.PreventedMatches.Exists(match => match.Taker == order)) Matches(wire, order);
    }

    /// <summary>The answer to a cancellation, and what became of an order of a list.</summary>
    public static void Canceled(Wire wire, Order order, DateTime now)
    {
        Head(wire, order, isCancel: true);
        wire.Time("transactTime", now);
        State(wire, order, order.Status);
        Tail(wire, order);
    }

    /// <summary>An order after an amendment; the exchange has other names for it here.</summary>
    public static void Amended(Wire wire, Order order)
    {
        wire.Text("symbol", order.Market.Symbol);
        wire.Number("orderId", order.Id);
        wire.Number("orderListId", order.List?.Id ?? -1);
        wire.Text("origClientOrderId", order.Amendments[^1].OldId);
        wire.Text("clientOrderId", order.ClientId);
        wire.Amount("price", order.Price);
        wire.Amount("qty", order.Quantity);
        wire.Amount("executedQty", order.Executed);
        wire.Amount("preventedQty", order.Prevented);
        wire.Amount("quoteOrderQty", order.Draft.Value);
        wire.Amount("cumulativeQuoteQty", order.ExecutedValue);
        Terms(wire, order, order.Status);
        Prices(wire, order);
        if (order.IsWorking) wire.Time("workingTime", order);
        Tail(wire, order);
    }

    /// <summary>An order as it is found.</summary>
    public static void Found(Wire wire, Order order)
    {
        Head(wire, order, isCancel: false);
        wire.Amount("price", order.Price);
        wire.Amount("origQty", order.Quantity);
        wire.Amount("executedQty", order.Executed);
        wire.Amount("cummulativeQuoteQty", order.ExecutedValue);
        Terms(wire, order, order.Status);
        wire.Amount("stopPrice", order.Draft.StopPrice);
        wire.Amount("icebergQty", order.Draft.IcebergQuantity);
        wire.Time("time", order.Created);
        wire.Time("updateTime", order.Updated);
        wire.Flag("isWorking", order.IsWorking);
        wire.Time("workingTime", order);
        wire.Amount("origQuoteOrderQty", order.Draft.Value);
        Tail(wire, order);
    }

    /// <summary>A trade of an account.</summary>
    public static void Trade(Wire wire, Order order, Fill fill)
    {
        wire.Text("symbol", order.Market.Symbol);
        wire.Number("id", fill.Id);
        wire.Number("orderId", order.Id);
        wire.Number("orderListId", order.List?.Id ?? -1);
        wire.Amount("price", fill.Price);
        wire.Amount("qty", fill.Quantity);
        wire.Amount("quoteQty", fill.Price * fill.Quantity);
        wire.Amount("commission", fill.Commission);
        wire.Text("commissionAsset", fill.CommissionAsset);
        wire.Time("time", fill.Time);
        wire.Flag("isBuyer", order.Side == Core.Market.OrderSide.Buy);
        wire.Flag("isMaker", fill.IsMaker);
        wire.Flag("isBestMatch", true);
    }

    private static void Head(Wire wire, Order order, bool isCancel)
    {
        wire.Text("symbol", order.Market.Symbol);
        if (isCancel) wire.Text("origClientOrderId", order.OriginalClientId.Length > 0 ? order.OriginalClientId : order.ClientId);
        wire.Number("orderId", order.Id);
        wire.Number("orderListId", order.List?.Id ?? -1);
        wire.Text("clientOrderId", order.ClientId);
    }

    private static void State(Wire wire, Order order, OrderStatus status)
    {
        wire.Amount("price", order.Price);
        // How much is sold of what was bought is not known before it is bought.
        if (status != OrderStatus.PendingNew || order.List is not { PaysOut: true }) wire.Amount("origQty", order.Quantity);
        wire.Amount("executedQty", order.Executed);
        wire.Amount("origQuoteOrderQty", order.Draft.Value);
        wire.Amount("cummulativeQuoteQty", order.ExecutedValue);
        Terms(wire, order, status);
        Prices(wire, order);
    }

    private static void Prices(Wire wire, Order order)
    {
        if (order.IsContingent && order.Draft.StopPrice > 0) wire.Amount("stopPrice", order.Draft.StopPrice);
        if (order.Draft.IcebergQuantity > 0) wire.Amount("icebergQty", order.Draft.IcebergQuantity);
    }

    private static void Terms(Wire wire, Order order, OrderStatus status)
    {
        wire.Term("status", status);
        wire.Term("timeInForce", order.TimeInForce);
        wire.Term("type", order.Kind);
        wire.Text("side", ExecutionReportJson.SideText(order.Side));
    }

    private static void Tail(Wire wire, Order order)
    {
        wire.Term("selfTradePreventionMode", order.SelfTrade);
        if (order.Draft.TrailingDelta > 0)
        {
            wire.Number("trailingDelta", order.Draft.TrailingDelta);
            if (order.FollowingSince is { } since) wire.Time("trailingTime", since);
            else wire.Number("trailingTime", -1);
        }

        if (order.Draft.StrategyId is { } strategy) wire.Number("strategyId", strategy);
        if (order.Draft.StrategyType is { } strategyType) wire.Number("strategyType", strategyType);
        if (order.Prevented > 0)
        {
            wire.Number("preventedMatchId", order.PreventedMatches[^1].Id);
            wire.Amount("preventedQuantity", order.Prevented);
        }

        if (order.Expiry != ExpiryReason.None) wire.Term("expiryReason", order.Expiry);
    }

    private static void Matches(Wire wire, Order order)
    {
        wire.OpenList("preventedMatches");
        foreach (var match in order.PreventedMatches)
        {
            wire.Open();
            wire.Number("preventedMatchId", match.Id);
            wire.Number("makerOrderId", match.Maker.Id);
            wire.Amount("price", match.Price);
            if (match.TakerQuantity is { } taker) wire.Amount("takerPreventedQuantity", taker);
            if (match.MakerQuantity is { } maker) wire.Amount("makerPreventedQuantity", maker);
            wire.Close();
        }

        wire.CloseList();
    }

    /// <summary>When an order came on the book; -1 while it has not.</summary>
    private static void Time(this Wire wire, string name, Order order)
    {
        if (order.WorkingSince is { } since) wire.Time(name, since);
        else wire.Number(name, -1);
    }
}
