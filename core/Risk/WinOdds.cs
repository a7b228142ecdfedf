namespace OrleansTrader.Core.Risk;

/// <summary>How likely an entry like this one wins, calibrated on past signals.</summary>
/// <param name="Probability">0 to 1; NaN when it is not known.</param>
/// <param name="Trades">Past trades on which it rests; 0 when nobody has calibrated anything.</param>
public readonly record struct WinOdds(double Probability, int Trades)
{
    public bool IsKnown => Trades > 0 && !double.IsNaN(Probability);
}
