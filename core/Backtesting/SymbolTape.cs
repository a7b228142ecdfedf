using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Backtesting;

/// <summary>The bars of one symbol that a backtest runs over, oldest first, with its trading rules.</summary>
public sealed record SymbolTape(SymbolRules Rules, ReadOnlyMemory<Candle> Candles);
