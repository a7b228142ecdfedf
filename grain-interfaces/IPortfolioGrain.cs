using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.GrainInterfaces;

/// <summary>The single writer of one account, keyed by its name: nothing about money happens anywhere else.</summary>
public interface IPortfolioGrain : IGrainWithStringKey
{
    /// <summary>Opens the account if it has no history, and lists the symbols; refuses if it is bound to another market.</summary>
    [return: Immutable]
    Task<OpenOutcome> OpenAsync([Immutable] AccountOpening opening);

    /// <summary>Books what the exchange reported and gives back what it is to be asked next.</summary>
    [return: Immutable]
    Task<SettleOutcome> ApplyAsync([Immutable] ImmutableArray<ExecutionReport> reports, DateTime stepTime);

    /// <summary>Marks the closes of a step, decides about its signals and hands the orders to the exchange.</summary>
    Task<StepOutcome> DecideAsync([Immutable] DecisionInput input);

    /// <summary>Starts, pauses or stops the account.</summary>
    Task<ControlOutcome> SetRunStateAsync(RunState run);

    /// <summary>Writes down who asks what, before it is asked; what cannot be written down is not to be done.</summary>
    Task<ControlOutcome> NoteAsync([Immutable] AccountCommand command);

    /// <summary>Takes note of the strategy and the settings that it trades by from now on.</summary>
    Task<ControlOutcome> AgreeAsync(string strategy, string terms);

    /// <summary>Takes back every entry, leaves every position at the market, and opens none until the switch is released; in any run state.</summary>
    Task<ControlOutcome> PullKillSwitchAsync();

    Task<ControlOutcome> ReleaseKillSwitchAsync();

    /// <summary>Lets the account open positions with real money, also after a restart; unchanged where nobody has to, and while the kill switch is pulled.</summary>
    Task<ControlOutcome> ArmAsync([Immutable] AccountCommand by);

    /// <summary>Lets it open none until it is armed again, and takes back what still buys.</summary>
    Task<ControlOutcome> DisarmAsync([Immutable] AccountCommand by);

    /// <summary>Ends a lock before its time; unchanged when there is none of that number.</summary>
    Task<ControlOutcome> LiftLockAsync(long id);

    /// <summary>Lifts a watched limit that was crossed, so that it counts anew; unchanged when it was not.</summary>
    Task<ControlOutcome> LiftLimitAsync(RefusalCode limit);

    /// <summary>The limits that hold: those that were written down last, or else those of the settings.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<RiskLimits> LimitsAsync();

    /// <summary>How many closes of each symbol the next decision needs, for what moves together and how much.</summary>
    /// <param name="hasEntries">A strategy wants to buy.</param>
    /// <param name="strategy">Name and version of the strategy: one that looks at its position may want to buy more when it does.</param>
    [AlwaysInterleave]
    Task<int> ClosesNeededAsync(bool hasEntries, string strategy);

    /// <summary>Sets limits by name, all of them with a preset and single ones beside it; they hold from the next decision on and after a restart.</summary>
    [return: Immutable]
    Task<LimitsOutcome> ChangeLimitsAsync([Immutable] ImmutableSortedDictionary<string, string> values);

    /// <summary>The latest changes of limits, oldest first.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<ImmutableArray<LimitsChangeView>> LimitsHistoryAsync();

    /// <summary>The limits in force and how far the account is from each; locks that hold, with their reasons.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<RiskView> RiskAsync();

    /// <summary>Where the account goes on; waits for a turn under way, since only what is in the journal counts. After each activation steps fail until this was asked.</summary>
    [return: Immutable]
    Task<ResumePoint> ResumePointAsync();

    /// <summary>A copy of the account's state as the journal has it, for whoever has to restore from it; null while it cannot be told.</summary>
    [return: Immutable]
    Task<AccountState?> CopyStateAsync();

    [AlwaysInterleave]
    [return: Immutable]
    Task<PortfolioView> ViewAsync();

    /// <summary>Begins anew with so much cash; only while nothing is held and no order is open. Through the account's exchange, which has to know.</summary>
    Task<FundsOutcome> ResetAsync(decimal cash);

    /// <summary>What a rebalancing would trade now.</summary>
    [return: Immutable]
    Task<RebalancePlan> RebalancePlanAsync();

    /// <summary>Begins to trade that; unchanged while one is under way, where nothing is to be traded, and where it costs too much.</summary>
    Task<ControlOutcome> RebalanceAsync();

    /// <summary>What the account has brought, by period and by what its trades were.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<PerformanceView> PerformanceAsync();

    /// <summary>A decision with what became of it; null when there is none of that number among the latest.</summary>
    [AlwaysInterleave]
    [return: Immutable]
    Task<DecisionRecordView?> DecisionAsync(long sequence);

    /// <summary>What happened after the given sequence number: fills, closed trades, decisions, notices, equity points.</summary>
    /// <param name="limit">At most so many of each kind, the latest.</param>
    [AlwaysInterleave]
    [return: Immutable]
    Task<HistoryView> HistoryAsync(long afterSequence, int limit);
}
