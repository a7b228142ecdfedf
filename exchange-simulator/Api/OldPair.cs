using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>A pair in the older writing of <c>order/oco</c>: a limit order that must not take, and a stop.</summary>
internal static class OldPair
{
    public static readonly string[] Names =
    [
        "side", "quantity", "price", "limitClientOrderId", "limitIcebergQty", "limitStrategyId", "limitStrategyType",
        "stopPrice", "trailingDelta", "stopLimitPrice", "stopLimitTimeInForce", "stopClientOrderId", "stopIcebergQty", "stopStrategyId", "stopStrategyType",
    ];

    /// <summary>The stop leg first, and the limit leg after it.</summary>
    public static OrderDraft[] Read(Parameters from)
    {
        var side = OrderDraft.SideOf(from, "side");
        var quantity = from.RequiredAmount("quantity");
        return [Stop(from, side, quantity), Limit(from, side, quantity)];
    }

    private static OrderDraft Limit(Parameters from, OrderSide side, decimal quantity) => new()
    {
        Side = side,
        Kind = OrderKind.LimitMaker,
        Quantity = quantity,
        Price = from.RequiredAmount("price"),
        IcebergQuantity = from.Amount("limitIcebergQty"),
        ClientId = from.ClientId("limitClientOrderId"),
        SelfTrade = OrderDraft.SelfTradeOf(from),
        StrategyId = from.Number("limitStrategyId"),
        StrategyType = OrderDraft.StrategyTypeOf(from, "limitStrategyType"),
    };

    private static OrderDraft Stop(Parameters from, OrderSide side, decimal quantity)
    {
        if (!from.Has("stopPrice") && !from.Has("trailingDelta")) throw new Refusal(-1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!");
        var isLimited = from.Has("stopLimitPrice");
        if (isLimited) from.RequiredText("stopLimitTimeInForce");
        else if (from.Has("stopLimitTimeInForce")) throw Refusal.NotRequired("stopLimitTimeInForce");
        return new OrderDraft
        {
            Side = side,
            Kind = isLimited ? OrderKind.StopLossLimit : OrderKind.StopLoss,
            TimeInForce = from.Term<TimeInForce>("stopLimitTimeInForce", -1115, "Invalid timeInForce."),
            Quantity = quantity,
            Price = from.Amount("stopLimitPrice"),
            StopPrice = from.Amount("stopPrice"),
            TrailingDelta = (int)Math.Min(from.Number("trailingDelta") ?? 0, int.MaxValue),
            IcebergQuantity = from.Amount("stopIcebergQty"),
            ClientId = from.ClientId("stopClientOrderId"),
            SelfTrade = OrderDraft.SelfTradeOf(from),
            StrategyId = from.Number("stopStrategyId"),
            StrategyType = OrderDraft.StrategyTypeOf(from, "stopStrategyType"),
        };
    }
}
