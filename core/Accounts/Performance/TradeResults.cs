namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>What a group of closed trades has brought, in quote currency.</summary>
/// <param name="Trades">Closed trades.</param>
/// <param name="Wins">Those that earned after fees.</param>
/// <param name="Pnl">Profit or loss after the fees of both sides.</param>
/// <param name="Fees">Fees of both sides.</param>
/// <param name="Gains">The sum of the trades that earned.</param>
/// <param name="Losses">The sum of the trades that lost, 0 or below.</param>
/// <param name="Held">How long they were held in all.</param>
public readonly record struct TradeResults(int Trades, int Wins, decimal Pnl, decimal Fees, decimal Gains, decimal Losses, TimeSpan Held)
{
    /// <summary>The share of trades that earned, 0 to 1; 0 before the first.</summary>
    public double WinRate => Trades == 0 ? 0 : (double)Wins / Trades;

    /// <summary>Gains for each unit lost; null while nothing was lost.</summary>
    public double? ProfitFactor => Losses == 0 ? null : (double)(Gains / -Losses);

    /// <summary>What a trade has brought on average; 0 before the first.</summary>
    public decimal Average => Trades == 0 ? 0 : decimal.Round(Pnl / Trades, 8);

    /// <param name="closed">A <see cref="FactKind.PositionClosed"/>.</param>
    internal TradeResults Plus(in Fact closed) => new(
        Trades + 1,
        Wins + (closed.Amount > 0 ? 1 : 0),
        Pnl + closed.Amount,
        Fees + closed.Fee,
        Gains + Math.Max(0, closed.Amount),
        Losses + Math.Min(0, closed.Amount),
        Held + (closed.Time - closed.EntryTime));
}
