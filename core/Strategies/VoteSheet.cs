using System.Collections.Immutable;

namespace OrleansTrader.Core.Strategies;

/// <summary>The votes of the latest bar; cleared and written anew each bar without allocation, copied out only when somebody asks why.</summary>
public sealed class VoteSheet
{
    /// <summary>The most votes that one bar can carry.</summary>
    public const int Capacity = 16;

    private readonly Vote[] _votes = new Vote[Capacity];
    private int _count;

    public ReadOnlySpan<Vote> Votes => _votes.AsSpan(0, _count);

    public void Add(in Vote vote) => _votes[_count++] = vote;

    public void Clear() => _count = 0;

    public ImmutableArray<Vote> ToImmutable() => [.. Votes];
}
