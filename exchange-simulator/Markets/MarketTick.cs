using System.Runtime.InteropServices;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>The market moves to a price.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Price">A whole number of ticks, in quote currency.</param>
/// <param name="Quantity">Base currency that was traded there; 0 when the price only moved.</param>
/// <param name="IsBuyerMaker">The one who took was a seller.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketTick(DateTime Time, decimal Price, decimal Quantity, bool IsBuyerMaker);
