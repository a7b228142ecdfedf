namespace OrleansTrader.Core.Market.Books;

/// <summary>What lies near the middle of a book.</summary>
/// <param name="BidQuantity">In base currency.</param>
/// <param name="AskQuantity">In base currency.</param>
/// <param name="BidNotional">What the bids would pay, in quote currency.</param>
/// <param name="AskNotional">What the asks would cost, in quote currency.</param>
public readonly record struct BookDepth(decimal BidQuantity, decimal AskQuantity, decimal BidNotional, decimal AskNotional)
{
    /// <summary>Bids less asks as a share of both, -1 to 1; 0 when there is neither.</summary>
    public double Imbalance => BidQuantity + AskQuantity == 0 ? 0 : (double)((BidQuantity - AskQuantity) / (BidQuantity + AskQuantity));
}
