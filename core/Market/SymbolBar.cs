namespace OrleansTrader.Core.Market;

/// <summary>A closed candle with the symbol it belongs to.</summary>
public readonly record struct SymbolBar(string Symbol, Candle Candle);
