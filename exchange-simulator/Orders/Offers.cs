using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>What one who takes finds at a price: an order of an account, or the market around.</summary>
/// <param name="Maker">Null for the market around.</param>
/// <param name="Turn">0 for what the book shows; 1 and more for the further parts of icebergs, which come after all others at their price.</param>
internal readonly record struct Offer(decimal Price, decimal Quantity, Order? Maker, int Turn = 0);

/// <summary>The side of the book that a taker meets, the best price first, and orders of accounts before the market around.</summary>
internal static class Offers
{
    public static List<Offer> For(SymbolMarket market, OrderSide taker)
    {
        var isBuy = taker == OrderSide.Buy;
        var offers = new List<Offer>();
        foreach (var order in market.Resting.Values.OrderBy(order => order.Place))
            if (order.Side != taker)
                offers.AddRange(PartsOf(order));
        foreach (ref readonly var level in isBuy ? market.Ladder.Asks : market.Ladder.Bids)
            // The ladder may be older than the step.
            if (market.Rules.FloorToStep(level.Quantity) is > 0 and var quantity)
                offers.Add(new Offer(level.Price, quantity, null));
        var byPrice = isBuy ? offers.OrderBy(offer => offer.Price) : offers.OrderByDescending(offer => offer.Price);
        return [.. byPrice.ThenBy(offer => offer.Turn)];
    }

    /// <summary>True when an order that must not take would do so.</summary>
    public static bool WouldTake(SymbolMarket market, OrderSide taker, decimal limit) =>
        For(market, taker) is [var best, ..] && IsWithin(taker, best.Price, limit) && (market.Assumptions.EqualPriceCrosses || best.Price != limit);

    /// <summary>How much could be taken, and what it is worth.</summary>
    /// <param name="limit">The worst price; null for any.</param>
    public static (decimal Quantity, decimal Value) Within(SymbolMarket market, OrderSide taker, decimal? limit, decimal most)
    {
        var (quantity, value) = (0m, 0m);
        foreach (var offer in For(market, taker))
        {
            if (quantity >= most || (limit is { } worst && !IsWithin(taker, offer.Price, worst))) break;
            var taken = Math.Min(offer.Quantity, most - quantity);
            quantity += taken;
            value += taken * offer.Price;
        }

        return (quantity, value);
    }

    /// <summary>The quantity that an amount of quote currency trades, a whole number of steps. What the book does not hold is counted at its last price.</summary>
    public static decimal QuantityFor(SymbolMarket market, OrderSide taker, decimal value)
    {
        var (quantity, left, price) = (0m, value, 0m);
        foreach (var offer in For(market, taker))
        {
            price = offer.Price;
            var taken = Math.Min(offer.Quantity, left / price);
            quantity += taken;
            left -= taken * price;
            if (left <= 0) break;
        }

        if (left > 0 && price > 0) quantity += left / price;
        if (market.Assumptions.RoundsValueToNearestStep) quantity += market.Rules.StepSize / 2;
        return market.Rules.FloorToStep(decimal.Round(quantity, 8, MidpointRounding.ToZero));
    }

    public static bool IsWithin(OrderSide taker, decimal price, decimal limit) => taker == OrderSide.Buy ? price <= limit : price >= limit;

    private static IEnumerable<Offer> PartsOf(Order order)
    {
        if (order.Market.Assumptions.IcebergsKeepPlace || order.Draft.IcebergQuantity == 0) return [new Offer(order.Price, order.Remaining, order)];
        var parts = new List<Offer>();
        for (var (left, part) = (order.Remaining, order.Visible); left > 0; part = Math.Min(order.Draft.IcebergQuantity, left))
        {
            parts.Add(new Offer(order.Price, part, order, parts.Count));
            left -= part;
        }

        return parts;
    }
}
