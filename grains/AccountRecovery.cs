using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Writes the facts of a turn with what goes beyond facts, and rebuilds an account from its snapshot and what the journal has beyond that.</summary>
internal static class AccountRecovery
{
    /// <summary>How many facts before the snapshot are read again for what they tell a person; all of them would be too many after some months.</summary>
    private const int FactsOfHistory = 5_000;

    /// <exception cref="JournalMissingException">The journal ends before the snapshot.</exception>
    public static async Task<(Account Account, AccountHistory History)> RebuildAsync(AccountSnapshot snapshot, IJournal journal, CancellationToken cancellation)
    {
        var state = snapshot.Account;
        var history = new AccountHistory(snapshot.Equity, snapshot.Performance, state);
        var last = 0L;
        await foreach (var batch in journal.ReadAsync(state.Name, Math.Max(1, Math.Min(state.Sequence + 1 - FactsOfHistory, snapshot.Performance.Sequence + 1)), cancellation))
        {
            // What a journal has let go of is in every snapshot that is kept; without that nobody can tell the account.
            if (batch.FirstSequence > Math.Max(last, state.Sequence) + 1) throw JournalMissingException.Between(state.Name, Math.Max(last, state.Sequence), batch.FirstSequence);
            var isNews = batch.FirstSequence > state.Sequence;
            if (isNews)
                foreach (var fact in batch.Facts)
                    Ledger.Apply(state, in fact);
            history.Add(batch);
            last = batch.LastSequence;
            if (!isNews) continue;
            TakeMarks(state, batch);
            if (batch.StepTime < state.StepTime) continue;
            state.StepTime = batch.StepTime;
            state.StepPhase = batch.Phase;
        }

        history.Begin(state);
        return last >= state.Sequence
            ? (new Account(state, explains: true), history)
            : throw JournalMissingException.Of(state.Name, state.Sequence);
    }

    /// <summary>Gives an exchange that lives on bars the account as it stands, and the bars by whose prices it stands so.</summary>
    public static async Task RestoreAsync(ICandleExchange exchange, AccountState account, IMarketFeed feed, CancellationToken cancellation)
    {
        exchange.Restore(account);
        var lastStep = await feed.NextAsync(account.BeforeStep, cancellation);
        if (lastStep?.Time == account.StepTime) exchange.Show(lastStep);
    }

    public static JournalBatch BatchOf(AccountState state, ReadOnlySpan<Fact> facts) => new(
        state.Sequence - facts.Length + 1,
        state.StepTime,
        state.StepPhase,
        EquityMark.Of(state.Equity),
        [.. state.Positions.Select(SymbolMark.Of)],
        [.. facts],
        state.Risk.Peak);

    private static void TakeMarks(AccountState state, JournalBatch batch)
    {
        batch.Equity.Restore(state.Equity);
        state.Risk.Peak = batch.Peak;
        for (var slot = 0; slot < batch.Marks.Length; slot++) batch.Marks[slot].Restore(state.Positions[slot]);
    }
}
