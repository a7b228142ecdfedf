namespace OrleansTrader.Core.Market.Books;

/// <summary>An order book as the exchange had it at one moment.</summary>
/// <param name="LastUpdateId">The last change that is in it.</param>
/// <param name="Bids">What is bid, in any order.</param>
/// <param name="Asks">What is asked, in any order.</param>
public readonly record struct BookSnapshot(long LastUpdateId, ReadOnlyMemory<PriceLevel> Bids, ReadOnlyMemory<PriceLevel> Asks);
