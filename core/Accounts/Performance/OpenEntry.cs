using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>Who bought a symbol last, and in what market.</summary>
/// <param name="Regime">Of the bar that decided; unknown where nobody told it.</param>
public sealed record OpenEntry(string Strategy, MarketRegime Regime);
