using System.Collections.Frozen;
using System.Collections.Immutable;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What the exchange says about itself: its limits and its symbols.</summary>
public sealed record ExchangeInfo(DateTime ServerTime, ImmutableArray<RateLimit> Limits, FrozenDictionary<string, SymbolListing> Symbols);
