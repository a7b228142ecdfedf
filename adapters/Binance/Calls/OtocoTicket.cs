using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>A limit order that, once it is filled in full, is covered by a target and a stop.</summary>
public sealed record OtocoTicket
{
    public required string Symbol { get; init; }

    /// <summary>Name of the list, 1 to 36 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string ListClientOrderId { get; init; }

    /// <summary>Of the limit order; the legs have the other one.</summary>
    public required OrderSide Side { get; init; }

    public required string ClientOrderId { get; init; }

    public required decimal Price { get; init; }

    /// <summary>In base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Of either leg, in base currency; less than <see cref="Quantity"/> where a commission is taken from it.</summary>
    public required decimal CoveredQuantity { get; init; }

    public required OcoLegs Legs { get; init; }

    public TimeInForce TimeInForce { get; init; } = TimeInForce.Gtc;

    internal RequestText AddTo(RequestText text)
    {
        var cover = Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        text.Add("symbol"u8, Symbol).Add("listClientOrderId"u8, ClientOrderIds.Checked(ListClientOrderId))
            .Add("workingType"u8, EnumText<BinanceOrderType>.Of(BinanceOrderType.Limit)).Add("workingSide"u8, EnumText<OrderSide>.Of(Side))
            .Add("workingClientOrderId"u8, ClientOrderIds.Checked(ClientOrderId)).Add("workingPrice"u8, Price).Add("workingQuantity"u8, Quantity)
            .Add("workingTimeInForce"u8, EnumText<TimeInForce>.Of(TimeInForce))
            .Add("pendingSide"u8, EnumText<OrderSide>.Of(cover)).Add("pendingQuantity"u8, CoveredQuantity);
        if (cover == OrderSide.Sell)
        {
            Legs.AddTarget(text, "pendingAboveType"u8, "pendingAboveClientOrderId"u8, "pendingAbovePrice"u8);
            Legs.AddStop(text, "pendingBelowType"u8, "pendingBelowClientOrderId"u8, "pendingBelowStopPrice"u8, "pendingBelowPrice"u8, "pendingBelowTimeInForce"u8);
        }
        else
        {
            Legs.AddStop(text, "pendingAboveType"u8, "pendingAboveClientOrderId"u8, "pendingAboveStopPrice"u8, "pendingAbovePrice"u8, "pendingAboveTimeInForce"u8);
            Legs.AddTarget(text, "pendingBelowType"u8, "pendingBelowClientOrderId"u8, "pendingBelowPrice"u8);
        }

        return text.Add("newOrderRespType"u8, "FULL");
    }
}
