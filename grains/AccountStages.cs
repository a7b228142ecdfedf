using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>What an account does in the turns of its grain.</summary>
internal static class AccountStages
{
    /// <summary>Opens an account without history; one that has a history takes over the rules and settings that have changed.</summary>
    public static void Open(Account account, AccountOpening opening)
    {
        if (account.State.Sequence == 0) account.Open(opening.Cash, opening.Market, opening.Interval, opening.Time);
        foreach (var rules in opening.Symbols) account.List(rules, opening.Time);
        if (opening.Terms.Length > 0) account.Agree(opening.Terms, opening.Time);
    }

    /// <summary>The last stage of a step: marks the closes and decides about the signals, symbols in ordinal order.</summary>
    public static void Decide(Account account, DecisionInput input, RiskLimits limits)
    {
        foreach (var signal in input.Signals) account.Mark(Ledger.SlotOf(account.State, signal.Symbol), signal.Close);
        account.MarkEquity();
        foreach (var signal in input.Signals)
            account.Decide(Ledger.SlotOf(account.State, signal.Symbol), input.Time, signal.Signal, signal.Votes.AsSpan(), limits);
        account.CompleteStep(input.Time);
    }
}
