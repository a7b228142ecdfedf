using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>Requests of an account in the words of the exchange.</summary>
internal static class Tickets
{
    /// <summary>Of everything but an OCO.</summary>
    public static OrderTicket Of(in OrderRequest request, OrderNames names, SymbolListing listing, ExecutionOptions options)
    {
        var ticket = new OrderTicket
        {
            Symbol = request.Symbol,
            Side = request.Side,
            Type = BinanceOrderType.Market,
            ClientOrderId = names.Of(request.OrderId),
            Quantity = request.Quantity,
            QuoteQuantity = Floor(request.Budget, listing.QuotePrecision),
        };
        return request.Type switch
        {
            OrderType.Limit => ticket with { Type = BinanceOrderType.Limit, TimeInForce = TimeInForce.Gtc, Price = request.LimitPrice },
            OrderType.Stop when TakesStops(listing) => ticket with { Type = BinanceOrderType.StopLoss, StopPrice = request.StopPrice },
            OrderType.Stop => ticket with { Type = BinanceOrderType.StopLossLimit, TimeInForce = TimeInForce.Gtc, StopPrice = request.StopPrice, Price = LimitBelow(request.StopPrice, listing, options) },
            _ => ticket,
        };
    }

    public static OcoTicket OcoOf(in OrderRequest request, OrderNames names, SymbolListing listing, ExecutionOptions options) => new()
    {
        Symbol = request.Symbol,
        Side = request.Side,
        Quantity = request.Quantity,
        ListClientOrderId = names.Of(request.OrderId),
        Legs = new OcoLegs(
            request.LimitPrice,
            names.TargetOf(request.OrderId),
            request.StopPrice,
            names.StopOf(request.OrderId),
            TakesStops(listing) ? 0 : LimitBelow(request.StopPrice, listing, options)),
    };

    private static bool TakesStops(SymbolListing listing) => listing.OrderTypes.Contains(BinanceOrderType.StopLoss);

    /// <summary>So low that it sells like a market order unless the price falls through it at once. Never below a tick.</summary>
    private static decimal LimitBelow(decimal stop, SymbolListing listing, ExecutionOptions options)
    {
        var rules = listing.Rules;
        return Math.Max(rules.TickSize, rules.RoundDownToTick((double)(stop * (1 - options.StopLimitShare))));
    }

    private static decimal Floor(decimal amount, int decimals) => amount == 0 ? 0 : decimal.Round(amount, decimals, MidpointRounding.ToZero);
}
