using System.Collections.Immutable;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces;

/// <summary>What an account needs to open: its cash, and the market it is bound to.</summary>
/// <param name="Market">The identity of the market source; an account with history refuses another one.</param>
/// <param name="Time">The time at which the market begins, UTC; what an account with history takes over bears the time of its latest step.</param>
/// <param name="Strategy">The strategy that will trade.</param>
/// <param name="Terms">The settings that it will trade by, as their owner names them; empty to keep none.</param>
public sealed record AccountOpening(decimal Cash, string Market, Interval Interval, ImmutableArray<SymbolRules> Symbols, DateTime Time, string Strategy, string Terms)
{
    /// <summary>The limits of the settings; null to write none down, so that those of the settings hold.</summary>
    public RiskLimits? Limits { get; init; }

    /// <summary>What an entry may cost on the first day with real money, quote currency, 0 for anything; null where the money is not real.</summary>
    public decimal? FirstDayOrderValue { get; init; }

    /// <summary>Symbols that are no longer traded, of which everything is given to the account's owner.</summary>
    public ImmutableArray<string> HandOver { get; init; } = [];

    /// <summary>UTC by the clock on the wall.</summary>
    public DateTime At { get; init; }
}
