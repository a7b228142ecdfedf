using System.Runtime.InteropServices;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>A trade as everybody sees it; each is an aggregate of its own.</summary>
/// <param name="Id">Rises by 1 with each trade of the symbol, and so does the number of its aggregate.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketTrade(long Id, decimal Price, decimal Quantity, DateTime Time, bool IsBuyerMaker);
