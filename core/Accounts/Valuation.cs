namespace OrleansTrader.Core.Accounts;

/// <summary>A position in doubles, so that marking a bar needs no decimal arithmetic.</summary>
internal struct Valuation
{
    public Position Position;
    public EquityWatch Watch;
    public double Quantity;
    public double Mark;

    /// <summary>Start cash plus realised profit less what the held quantity has cost.</summary>
    public double Settled;
}
