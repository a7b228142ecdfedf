using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
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

        ImmutableArray<string> missing = [.. InvestedIn(state).Except(opening.Symbols.Select(rules => rules.Symbol), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return missing.IsEmpty ? null : OpenOutcome.Lacking(missing, state.Market);
    }

    /// <summary>Opens an account without history; one that has a history takes over the rules and settings that have changed.</summary>
    public static void Open(Account account, AccountOpening opening)
    {
        if (account.State.Sequence == 0) account.Open(opening.Cash, opening.Market, opening.Interval, opening.Time, opening.Strategy);
        var time = account.State.StepTime > opening.Time ? account.State.StepTime : opening.Time;
        foreach (var rules in opening.Symbols) account.List(rules, time);
        if (opening.Terms.Length > 0) account.Agree(opening.Strategy, opening.Terms, time);
    }

    /// <summary>Books what the exchange reported during a step.</summary>
    public static void Settle(Account account, ImmutableArray<ExecutionReport> reports, DateTime stepTime, RiskLimits limits)
    {
        account.Use(limits);
        account.Settle(reports.AsSpan(), stepTime);
    }

    /// <summary>The last stage of a step: marks the closes and decides about the signals, symbols in ordinal order.</summary>
    public static void Decide(Account account, DecisionInput input, RiskLimits limits)
    {
        account.Use(limits);
        account.OpenDay(input.Time);
        foreach (var signal in input.Signals) account.Mark(Ledger.SlotOf(account.State, signal.Symbol), signal.Close);
        account.MarkEquity();
        account.Watch(input.Time);
        foreach (var signal in input.Signals)
            account.Decide(Ledger.SlotOf(account.State, signal.Symbol), input.Time, signal.Signal, signal.Votes.AsSpan(), limits);
        account.CompleteStep(input.Time);
    }

    private static IEnumerable<string> InvestedIn(AccountState state) =>
        state.Positions.Where(position => !position.IsIdle).Select(position => position.Symbol).Concat(state.Orders.Select(order => order.Request.Symbol));
}
