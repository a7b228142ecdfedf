using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Ports;

/// <summary>Which facts of a journal are asked for, a page at a time; each null and each empty set chooses all.</summary>
public sealed record JournalQuery
{
    /// <summary>The most facts that one page has.</summary>
    public const int MostItems = 1_000;

    private readonly JournalKinds _kinds = JournalKinds.All;

    /// <summary>The earliest time of a fact, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>The latest.</summary>
    public DateTime? To { get; init; }

    public string? Symbol { get; init; }

    /// <summary>A kind of fact or a group of them (<see cref="JournalKinds"/>), which must be known.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public string? Kind
    {
        get;
        init => (field, _kinds) = (value, value is null ? JournalKinds.All : JournalKinds.TryParse(value, out var known) ? known : throw new ArgumentException($"There is no kind of fact '{value}'.", nameof(value)));
    }

    /// <summary>The number of the last fact of the page before; null for the first page.</summary>
    public long? After { get; init; }

    /// <summary>From 1 to <see cref="MostItems"/>. Default 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Default true.</summary>
    public bool IsNewestFirst { get; init; } = true;

    /// <summary>The lowest number that the page can have.</summary>
    public long Lowest => IsNewestFirst ? 1 : (After ?? 0) + 1;

    /// <summary>The highest one.</summary>
    public long Highest => IsNewestFirst && After is { } after ? after - 1 : long.MaxValue;

    public bool Takes(long sequence, in Fact fact, DateTime stepTime)
    {
        // A fact without a time is one of its step.
        var time = fact.Time == default ? stepTime : fact.Time;
        return sequence >= Lowest && sequence <= Highest
            && !(time < From) && !(time > To)
            && (Symbol is null || string.Equals(fact.Symbol, Symbol, StringComparison.Ordinal))
            && _kinds.Has(in fact);
    }
}

/// <summary>A fact with its number.</summary>
/// <param name="Time">UTC.</param>
public sealed record JournalEntry(long Sequence, DateTime Time, Fact Fact);

/// <summary>A page of facts, in the order that was asked for.</summary>
/// <param name="Next">What the next page comes after; null when there is none.</param>
public sealed record JournalPage(ImmutableArray<JournalEntry> Entries, long? Next);
