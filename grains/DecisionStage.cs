using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>The last stage of a step: marks the closes and decides about the signals, symbols in ordinal order.</summary>
internal static class DecisionStage
{
    public static void Run(Account account, DecisionInput input, RiskLimits limits)
    {
        foreach (var signal in input.Signals) account.Mark(Ledger.SlotOf(account.State, signal.Symbol), signal.Close);
        account.MarkEquity();
        foreach (var signal in input.Signals)
            account.Decide(Ledger.SlotOf(account.State, signal.Symbol), input.Time, signal.Signal, signal.Votes.AsSpan(), limits);
        account.CompleteStep(input.Time);
    }
}
