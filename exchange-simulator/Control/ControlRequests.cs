using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Control;

/// <summary>Has the next requests go wrong.</summary>
/// <param name="Operation">A name or its beginning, such as <c>order.place</c>; empty for any request.</param>
internal sealed record OrderedFault(FaultKind Kind, string Operation = "", int Count = 1);

/// <summary>What becomes of a symbol.</summary>
/// <param name="Status">Null leaves it.</param>
/// <param name="Filters">Those that change, by their names in <see cref="SymbolFilters"/>; null leaves all.</param>
/// <param name="EndsOrders">Open orders end.</param>
internal sealed record SymbolChange(TradingPhase? Status = null, JsonElement? Filters = null, bool EndsOrders = false);

/// <summary>What becomes of an account.</summary>
/// <param name="CanTrade">False takes no orders of it any more.</param>
internal sealed record AccountChange(bool CanTrade);

/// <summary>Money that comes to an account by no order, or goes below 0.</summary>
internal sealed record Deposit(string Account, string Asset, decimal Amount);
