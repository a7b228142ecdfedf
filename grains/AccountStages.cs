using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>What an account does in the turns of its grain.</summary>
internal static class AccountStages
{
    /// <summary>Why an account with history cannot go on with what is offered; null if it can.</summary>
    public static OpenOutcome? ObstacleTo(AccountState state, AccountOpening opening)
    {
        if (state.Sequence == 0) return null;
        if (!string.Equals(state.Market, opening.Market, StringComparison.Ordinal) || state.Interval != opening.Interval)
            return OpenOutcome.BoundElsewhere(state.Market);

        ImmutableArray<string> missing = [.. LackingIn(opening, state).Except(opening.HandOver, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return missing.IsEmpty ? null : OpenOutcome.Lacking(missing, state.Market);
    }

    /// <summary>Opens an account without history; one that has a history takes over the rules and settings that have changed.</summary>
    public static void Open(Account account, AccountOpening opening, RiskLimits limits)
    {
        if (account.State.Sequence == 0) account.Open(opening.Cash, opening.Market, opening.Interval, opening.Time, opening.Strategy);
        var time = account.State.StepTime == default ? opening.Time : account.State.StepTime;
        foreach (var rules in opening.Symbols) account.List(rules, time);
        // Dust too, which is nothing that a market would be lacked for.
        foreach (var symbol in opening.HandOver.Where(symbol => Ledger.SlotOf(account.State, symbol) >= 0).Except(opening.Symbols.Select(rules => rules.Symbol), StringComparer.Ordinal))
        {
            account.Use(limits.InBarsOf(account.State.Interval));
            account.HandOver(symbol, time);
        }

        if (opening.Terms.Length > 0) account.Agree(opening.Strategy, opening.Terms, time);
        if (opening.FirstDayOrderValue is { } most) ArmingBook.Demand(account, most, time);
        if (opening.Limits is { } settings) account.SetLimits(settings, LimitsOrigin.Settings, time, opening.At);
    }

    /// <summary>Gives an account that was just built the rules that it trades by.</summary>
    public static void Prepare(Account account, ExitRules exits, AllocationTargets targets)
    {
        account.Use(exits);
        account.Use(targets);
    }

    /// <summary>Lets the account trade again that one of its limits has stopped.</summary>
    public static void Lift(Account account, RefusalCode limit, RiskLimits limits, DateTime time)
    {
        account.Use(limits.InBarsOf(account.State.Interval));
        account.LiftLimit(limit, time);
    }

    /// <summary>Books what the exchange reported during a step.</summary>
    public static void Settle(Account account, ImmutableArray<ExecutionReport> reports, DateTime stepTime, RiskLimits limits)
    {
        account.Use(limits.InBarsOf(account.State.Interval));
        account.Settle(reports.AsSpan(), stepTime);
    }

    /// <summary>The last stage of a step: marks the closes and decides about the signals, symbols in ordinal order.</summary>
    /// <param name="strategy">Looks at its position before its signals are acted upon; null where none does.</param>
    public static void Decide(Account account, DecisionInput input, RiskLimits limits, IPositionStrategy? strategy)
    {
        limits = limits.InBarsOf(account.State.Interval);
        account.Use(limits);
        account.Use(strategy, endures: true);
        account.Closes = TableOf(account.State, input, limits);
        account.OpenDay(input.Time);
        foreach (var signal in input.Signals) account.Mark(Ledger.SlotOf(account.State, signal.Symbol), signal.Close);
        account.MarkEquity();
        account.Watch(input.Time);
        foreach (var signal in input.Signals)
            account.Decide(Ledger.SlotOf(account.State, signal.Symbol), input.Time, signal.Signal, new Grounds(signal.Votes.AsSpan(), signal.Features, signal.Model), limits, signal.Market);
        account.GoOnRebalancing(limits, input.Time, input.MarketOf);
        account.CompleteStep(input.Time);
    }

    /// <summary>True when an entry is to be judged by closes that nobody has brought: the limits have changed since they were asked for.</summary>
    public static bool LacksCloses(AccountState state, DecisionInput input, RiskLimits limits, IPositionStrategy? strategy) =>
        limits.ClosesNeeded > (input.Closes.IsEmpty ? 0 : input.Closes[0].Closes.Length) && MayEnter(state, input.Signals.Any(signal => signal.Signal.IsEntry), strategy);

    /// <summary>True when a step may bring an entry: by a signal, by a rebalancing, or by a strategy that looks at what it holds.</summary>
    public static bool MayEnter(AccountState state, bool hasEntries, IPositionStrategy? strategy) =>
        hasEntries || state.RebalanceRound > 0 || (strategy is not null && state.Positions.Exists(position => position.IsHeld));

    private static CloseTable? TableOf(AccountState state, DecisionInput input, RiskLimits limits)
    {
        if (limits.ClosesNeeded == 0 || input.Closes.IsEmpty) return null;
        var table = new CloseTable(limits.ClosesNeeded, state.Interval);
        foreach (var (symbol, closes) in input.Closes)
        {
            var slot = Ledger.SlotOf(state, symbol);
            for (var i = 0; i < closes.Length && slot >= 0; i++) table.Put(slot, input.Time - (state.Interval.Length * (closes.Length - i)), closes[i]);
        }

        return table;
    }

    /// <summary>The symbols that something is held of, or an order open in, and that are not offered.</summary>
    private static IEnumerable<string> LackingIn(AccountOpening opening, AccountState state) => state.Positions
        .Where(position => !position.IsIdle || position.External > 0)
        .Select(position => position.Symbol)
        .Concat(state.Orders.Select(order => order.Request.Symbol))
        .Except(opening.Symbols.Select(rules => rules.Symbol), StringComparer.Ordinal);
}
