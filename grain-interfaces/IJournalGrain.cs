using Orleans.Concurrency;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.GrainInterfaces;

/// <summary>Looks into the journal of one account, keyed by its name; changes nothing, and holds up nobody who writes.</summary>
public interface IJournalGrain : IGrainWithStringKey
{
    /// <summary>A page of facts.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<JournalPageView> FindAsync([Immutable] JournalQuery query);

    /// <summary>A page of decisions, those long ago as well; of all kinds, or of one (bought, left, reduced, kept, refused).</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<DecisionPageView> DecisionsAsync([Immutable] JournalQuery query);
}
