using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;

namespace OrleansTrader.Cli;

/// <summary>What the facts of a run say for its report.</summary>
internal sealed class RunRecord : IDisposable
{
    private long _facts;

    public OrderHash Orders { get; } = new();

    public RegimeTally Regimes { get; } = new();

    public PerformanceBook Performance { get; } = new();

    /// <summary>Each limit that was crossed, and when.</summary>
    public List<(DateTime Time, string Text)> Limits { get; } = [];

    /// <summary>Entries that were refused, by the check that refused them.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    public void Add(ReadOnlySpan<Fact> facts)
    {
        Performance.Add(_facts + 1, facts);
        _facts += facts.Length;
        foreach (ref readonly var fact in facts)
        {
            Orders.Add(in fact);
            Regimes.Add(in fact);
            if (fact.Breach is { } breach) Limits.Add((fact.Time, breach.Describe()));
            if (fact.Kind == FactKind.EntryRefused) Refusals[fact.Refusal.ToString()] = Refusals.GetValueOrDefault(fact.Refusal.ToString()) + 1;
        }
    }

    public void Dispose() => Orders.Dispose();
}
