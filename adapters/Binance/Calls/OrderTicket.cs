using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>An order to be placed. What is 0, null or unknown is not sent.</summary>
public sealed record OrderTicket
{
    public required string Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required BinanceOrderType Type { get; init; }

    /// <summary>1 to 36 letters, digits, <c>-</c> and <c>_</c>; every order has one, since without it nobody could look it up.</summary>
    public required string ClientOrderId { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>In base currency.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What a market order is to spend or to bring, in quote currency, instead of a quantity.</summary>
    public decimal QuoteQuantity { get; init; }

    public decimal Price { get; init; }

    public decimal StopPrice { get; init; }

    public SelfTradePrevention SelfTradePrevention { get; init; }

    internal RequestText AddTo(RequestText text)
    {
        text.Add("symbol"u8, Symbol).Add("side"u8, EnumText<OrderSide>.Of(Side)).Add("type"u8, EnumText<BinanceOrderType>.Of(Type));
        if (TimeInForce != TimeInForce.Unknown) text.Add("timeInForce"u8, EnumText<TimeInForce>.Of(TimeInForce));
        if (Quantity != 0) text.Add("quantity"u8, Quantity);
        if (QuoteQuantity != 0) text.Add("quoteOrderQty"u8, QuoteQuantity);
        if (Price != 0) text.Add("price"u8, Price);
        text.Add("newClientOrderId"u8, ClientOrderIds.Checked(ClientOrderId));
        if (StopPrice != 0) text.Add("stopPrice"u8, StopPrice);
        text.Add("newOrderRespType"u8, "FULL");
        if (SelfTradePrevention != SelfTradePrevention.Unknown) text.Add("selfTradePreventionMode"u8, EnumText<SelfTradePrevention>.Of(SelfTradePrevention));
        return text;
    }
}
