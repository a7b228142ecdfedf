using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Rebuilds an account from its snapshot and the facts that the journal has beyond it.</summary>
internal static class AccountRecovery
{
    /// <exception cref="InvalidOperationException">The journal ends before the snapshot: facts are missing.</exception>
    public static async Task<(Account Account, AccountHistory History)> RebuildAsync(AccountState state, IJournal journal, CancellationToken cancellation)
    {
        var history = new AccountHistory();
        var last = 0L;
        await foreach (var batch in journal.ReadAsync(state.Name, 1, cancellation))
        {
            history.Add(batch);
            last = batch.LastSequence;
            if (batch.FirstSequence <= state.Sequence) continue;
            foreach (var fact in batch.Facts) Ledger.Apply(state, in fact);
            state.Equity.Peak = batch.Peak;
            state.Equity.MaxDrawdown = batch.MaxDrawdown;
            state.Equity.Latest = batch.Equity;
            if (batch.StepTime < state.StepTime) continue;
            state.StepTime = batch.StepTime;
            state.StepPhase = batch.Phase;
        }

        return last >= state.Sequence
            ? (new Account(state, explains: true), history)
            : throw new InvalidOperationException($"The journal of account {state.Name} ends at fact {last}, its snapshot is at {state.Sequence}: the journal is not the one that belongs to it.");
    }
}
