namespace OrleansTrader.Core.Accounts;

/// <summary>The figures of a symbol or of a whole account, in quote currency; win rate and drawdown as shares.</summary>
public sealed record PortfolioFigures(
    int Trades,
    double WinRate,
    decimal Fees,
    decimal RealisedPnl,
    decimal OpenPnl,
    decimal Equity,
    double MaxDrawdown)
{
    /// <summary>What one symbol has brought; its equity is the start cash plus what this symbol alone has earned.</summary>
    public static PortfolioFigures Of(Position position, decimal startCash)
    {
        var record = position.Record;
        return new PortfolioFigures(
            record.Trades,
            record.Trades == 0 ? 0 : (double)record.Wins / record.Trades,
            record.Fees,
            record.RealisedPnl,
            position.OpenPnl,
            startCash + record.RealisedPnl + position.OpenPnl,
            record.Equity.MaxDrawdown);
    }

    /// <summary>The account as a whole.</summary>
    public static PortfolioFigures Of(AccountState state)
    {
        var trades = state.Positions.Sum(position => position.Record.Trades);
        return new PortfolioFigures(
            trades,
            trades == 0 ? 0 : (double)state.Positions.Sum(position => position.Record.Wins) / trades,
            state.Fees,
            state.Positions.Sum(position => position.Record.RealisedPnl),
            state.Positions.Sum(position => position.OpenPnl),
            state.EquityValue,
            state.Equity.MaxDrawdown);
    }
}
