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

    public void Add(ReadOnlySpan<Fact> facts)
    {
        Performance.Add(_facts + 1, facts);
        _facts += facts.Length;
        foreach (ref readonly var fact in facts)
        {
            Orders.Add(in fact);
            Regimes.Add(in fact);
        }
    }

    public void Dispose() => Orders.Dispose();
}
