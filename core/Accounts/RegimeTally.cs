using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// In which regimes an account bought, left and was refused by its signals, counted from its facts; facts without a decision, and what was
/// sold without a signal, count for nothing.
/// </summary>
public sealed class RegimeTally
{
    private readonly Dictionary<MarketRegime, RegimeCounts> _counts = [];

    /// <summary>The highest version of the rules by which a regime was told; 0 when none was.</summary>
    public int Rules { get; private set; }

    /// <summary>The regimes in which something was decided, in the order of their enumeration.</summary>
    public IEnumerable<KeyValuePair<MarketRegime, RegimeCounts>> Regimes => _counts.OrderBy(pair => pair.Key);

    public void Add(in Fact fact)
    {
        if (fact.Decision is not { Sale: null } decision || decision.Kind == DecisionKind.Kept) return;
        Rules = Math.Max(Rules, decision.Signal.RegimeRules);
        var counts = _counts.GetValueOrDefault(decision.Signal.Regime);
        _counts[decision.Signal.Regime] = decision.Kind switch
        {
            DecisionKind.Refused => counts with { Refused = counts.Refused + 1 },
            DecisionKind.Bought => counts with { Bought = counts.Bought + 1 },
            _ => counts with { Left = counts.Left + 1 },
        };
    }
}
