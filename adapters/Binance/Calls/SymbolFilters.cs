namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>A range on a grid: <c>PRICE_FILTER</c>, <c>LOT_SIZE</c>, <c>MARKET_LOT_SIZE</c>.</summary>
/// <param name="Least">0 for no bound.</param>
/// <param name="Most">0 for no bound.</param>
/// <param name="Step">0 for any value.</param>
public readonly record struct GridFilter(decimal Least, decimal Most, decimal Step)
{
    public bool Allows(decimal value) =>
        (Least == 0 || value >= Least) && (Most == 0 || value <= Most) && (Step == 0 || value % Step == 0);
}

/// <summary>What an order must be worth, in quote currency: <c>MIN_NOTIONAL</c> or <c>NOTIONAL</c>.</summary>
/// <param name="Most">0 for no bound.</param>
public readonly record struct NotionalFilter(decimal Least, decimal Most, bool IsLeastForMarket, bool IsMostForMarket);

/// <summary>How far a price may lie from the average price, as factors: <c>PERCENT_PRICE_BY_SIDE</c> or <c>PERCENT_PRICE</c>.</summary>
public readonly record struct PriceBandFilter(decimal BidUp, decimal BidDown, decimal AskUp, decimal AskDown, int AverageMinutes);

/// <summary>What the exchange asks of orders in one symbol; null where it asks nothing. Filters that are not known are left out.</summary>
public sealed record SymbolFilters
{
    public GridFilter? Price { get; init; }

    public GridFilter? Lot { get; init; }

    public GridFilter? MarketLot { get; init; }

    public NotionalFilter? Notional { get; init; }

    public PriceBandFilter? PriceBand { get; init; }

    /// <summary>Open orders, contingent ones included.</summary>
    public int? MostOrders { get; init; }

    /// <summary>Open contingent orders.</summary>
    public int? MostContingentOrders { get; init; }

    public int? MostOrderLists { get; init; }

    /// <summary>Base currency that may be owned, what is being bought included.</summary>
    public decimal? MostPosition { get; init; }
}
