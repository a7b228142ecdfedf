using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Backtesting;

/// <summary>What a backtest ended with.</summary>
/// <param name="Symbols">By symbol, in ordinal order.</param>
public sealed record BacktestResult(AccountState Account, IReadOnlyList<KeyValuePair<string, PortfolioFigures>> Symbols, PortfolioFigures Total);
