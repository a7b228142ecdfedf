namespace OrleansTrader.Core.Accounts;

/// <summary>A position in doubles, so that marking a bar needs no decimal arithmetic.</summary>
internal struct Valuation
{
    public Position Position;
    public EquityWatch Watch;

    /// <summary>Base currency of the account itself.</summary>
    public double Quantity;

    /// <summary>That and its owner's coins.</summary>
    public double Owned;

    public double Mark;

    /// <summary>Start cash plus realised profit less what the held quantity has cost.</summary>
    public double Settled;

    /// <summary>Observes what was left of the symbol, where that is news.</summary>
    public readonly void ObserveIfSettled()
    {
        if (Quantity == 0 && Watch.Latest != Settled) Watch.Observe(Settled);
    }
}
