namespace OrleansTrader.Core.Market;

/// <summary>Best bid and best ask of a symbol between its bars; the default value knows neither.</summary>
/// <param name="Bid">In quote currency.</param>
/// <param name="BidQuantity">In base currency.</param>
/// <param name="Ask">In quote currency.</param>
/// <param name="AskQuantity">In base currency.</param>
/// <param name="Age">How long ago it was heard.</param>
public readonly record struct Quote(double Bid, double BidQuantity, double Ask, double AskQuantity, TimeSpan Age)
{
    public bool IsKnown => Bid > 0 && Ask > Bid;
}
