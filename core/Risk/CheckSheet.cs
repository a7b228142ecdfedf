using System.Collections.Immutable;

namespace OrleansTrader.Core.Risk;

/// <summary>The checks of the latest decision in the order they were made; reused, so that checking allocates nothing.</summary>
public sealed class CheckSheet
{
    private readonly RiskCheck[] _checks = new RiskCheck[32];
    private int _count;

    public ReadOnlySpan<RiskCheck> Checks => _checks.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public ImmutableArray<RiskCheck> ToImmutable() => [.. Checks];

    internal void Note(RefusalCode code, decimal value, decimal limit, bool passed) =>
        _checks[_count++] = new RiskCheck(code, value, limit, passed);
}
