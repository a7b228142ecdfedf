namespace OrleansTrader.Core.Market.Books;

/// <summary>What changed in an order book between two updates: the new quantity of each level that moved, not the difference.</summary>
/// <param name="FirstUpdateId">Binance's <c>U</c>.</param>
/// <param name="LastUpdateId">Binance's <c>u</c>.</param>
public readonly record struct BookChange(long FirstUpdateId, long LastUpdateId, ReadOnlyMemory<PriceLevel> Bids, ReadOnlyMemory<PriceLevel> Asks);
