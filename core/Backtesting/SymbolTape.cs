using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Backtesting;

/// <summary>The bars of one symbol that a backtest runs over, oldest first, with its trading rules.</summary>
public sealed record SymbolTape(SymbolRules Rules, ReadOnlyMemory<Candle> Candles)
{
    private BarTable? _table;

    /// <summary>The same bars as the analysis reads them; laid out by the first run, and there for the next ones.</summary>
    // A copy with other bars brings the table of the old ones along.
    internal BarTable Table => _table?.IsOf(Candles) == true ? _table : _table = new BarTable(Candles);
}
