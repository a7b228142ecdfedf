using System.Collections.Immutable;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.GrainInterfaces.Views;

/// <summary>A page of facts, or why there is none.</summary>
/// <param name="Next">What the next page comes after; null when there is none.</param>
/// <param name="Problem">Null when all is well.</param>
public sealed record JournalPageView(ImmutableArray<JournalEntry> Entries, long? Next, string? Problem);

/// <summary>A page of decisions in the order that was asked for, or why there is none.</summary>
/// <param name="Next">What the next page comes after; null when there is none.</param>
/// <param name="Problem">Null when all is well.</param>
public sealed record DecisionPageView(ImmutableArray<DecisionView> Decisions, long? Next, string? Problem);
