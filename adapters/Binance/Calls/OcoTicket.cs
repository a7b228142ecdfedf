using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>A target and a stop of which one cancels the other.</summary>
public sealed record OcoTicket
{
    public required string Symbol { get; init; }

    /// <summary>Of both legs.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Of either leg, in base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Name of the list, 1 to 36 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string ListClientOrderId { get; init; }

    public required OcoLegs Legs { get; init; }

    internal RequestText AddTo(RequestText text)
    {
        text.Add("symbol"u8, Symbol).Add("listClientOrderId"u8, ClientOrderIds.Checked(ListClientOrderId)).Add("side"u8, EnumText<OrderSide>.Of(Side)).Add("quantity"u8, Quantity);
        if (Side == OrderSide.Sell)
        {
            Legs.AddTarget(text, "aboveType"u8, "aboveClientOrderId"u8, "abovePrice"u8);
            Legs.AddStop(text, "belowType"u8, "belowClientOrderId"u8, "belowStopPrice"u8, "belowPrice"u8, "belowTimeInForce"u8);
        }
        else
        {
            Legs.AddStop(text, "aboveType"u8, "aboveClientOrderId"u8, "aboveStopPrice"u8, "abovePrice"u8, "aboveTimeInForce"u8);
            Legs.AddTarget(text, "belowType"u8, "belowClientOrderId"u8, "belowPrice"u8);
        }

        return text.Add("newOrderRespType"u8, "FULL");
    }
}

/// <summary>The legs of an OCO: the target rests in the book, the stop waits for its price.</summary>
/// <param name="StopLimitPrice">0 for a stop that goes to the market.</param>
public sealed record OcoLegs(decimal TargetPrice, string TargetClientOrderId, decimal StopPrice, string StopClientOrderId, decimal StopLimitPrice = 0)
{
    internal void AddTarget(RequestText text, ReadOnlySpan<byte> type, ReadOnlySpan<byte> id, ReadOnlySpan<byte> price) =>
        text.Add(type, EnumText<BinanceOrderType>.Of(BinanceOrderType.LimitMaker)).Add(id, ClientOrderIds.Checked(TargetClientOrderId)).Add(price, TargetPrice);

    internal void AddStop(RequestText text, ReadOnlySpan<byte> type, ReadOnlySpan<byte> id, ReadOnlySpan<byte> stopPrice, ReadOnlySpan<byte> price, ReadOnlySpan<byte> timeInForce)
    {
        text.Add(type, EnumText<BinanceOrderType>.Of(StopLimitPrice == 0 ? BinanceOrderType.StopLoss : BinanceOrderType.StopLossLimit))
            .Add(id, ClientOrderIds.Checked(StopClientOrderId)).Add(stopPrice, StopPrice);
        if (StopLimitPrice != 0) text.Add(price, StopLimitPrice).Add(timeInForce, EnumText<TimeInForce>.Of(TimeInForce.Gtc));
    }
}
