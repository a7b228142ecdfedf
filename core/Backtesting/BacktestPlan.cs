using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Backtesting;

/// <summary>What a backtest runs: data, strategy, money, costs and limits.</summary>
public sealed record BacktestPlan
{
    public required Interval Interval { get; init; }

    public required IReadOnlyList<SymbolTape> Tapes { get; init; }

    /// <summary>Makes the strategy of one symbol.</summary>
    public required Func<IStrategy> Strategy { get; init; }

    /// <summary>Quote currency at the start.</summary>
    public decimal Cash { get; init; } = 10_000;

    public MatchingOptions Matching { get; init; } = new();

    public RiskLimits Limits { get; init; } = new();

    /// <summary>Where stops and targets lie, how stops follow the price, and what else ends a trade.</summary>
    public ExitRules Exits { get; init; } = new();

    /// <summary>
    /// True to have every decision explained to the listener by the regime of its bar and by the checks, as the service writes it down;
    /// the votes stay out. It costs as much as a few indicators.
    /// </summary>
    public bool Explains { get; init; }

    /// <summary>Called after each batch of facts; null when nobody listens.</summary>
    public Accounts.FactListener? Listener { get; init; }

    /// <summary>Told the number of bars done, about a hundred times a run; null when nobody listens.</summary>
    public Action<long>? Progress { get; init; }
}
