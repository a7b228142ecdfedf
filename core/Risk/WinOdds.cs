namespace OrleansTrader.Core.Risk;

/// <summary>How likely an entry like this one wins, calibrated on past signals.</summary>
/// <param name="Probability">0 to 1; NaN where the trades that were counted are too few to tell.</param>
/// <param name="Trades">Past trades on which it rests; 0 in the default value, which says that nobody counts.</param>
public readonly record struct WinOdds(double Probability, int Trades)
{
    public bool IsKnown => Trades > 0 && !double.IsNaN(Probability);

    /// <summary>Somebody counts, and has counted too few.</summary>
    public bool IsThin(int least) => Trades < least && (Trades > 0 || double.IsNaN(Probability));
}
