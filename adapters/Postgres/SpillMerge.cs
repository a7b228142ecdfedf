using OrleansTrader.Adapters.Journal;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Brings rows that were written beside a journal into it. How far it has them already is told by where it ends: no row is there twice.</summary>
internal static class SpillMerge
{
    private const int Together = 1_000;

    /// <param name="start">Where the first row goes on.</param>
    /// <returns>False when the journal has gone on otherwise; then nothing of the rest was written.</returns>
    public static async Task<bool> RunAsync(JournalWriter writer, string account, JournalEnd start, List<JournalRow> rows, JournalChain chain, CancellationToken cancellation)
    {
        while (true)
        {
            var there = await writer.EndAsync(account, chain.KeyId, cancellation);
            if (there is null && start.Last == 0) await writer.BeginAsync(account, start, chain.KeyId, cancellation);
            var end = there ?? start;
            var next = end == start ? 0 : rows.FindIndex(row => row.End == end) + 1;
            // It may have had everything and gone on since: this file was then only not yet removed.
            if (next == 0 && end != start) return rows.Count == 0 ? await writer.HasAsync(account, start, cancellation) : await writer.HasAsync(account, rows[^1].End, cancellation);
            if (next == rows.Count) return true;
            var part = rows.GetRange(next, Math.Min(Together, rows.Count - next));
            // Where that does not succeed, a statement of the time before has come through in between, and the next look tells.
            await writer.AppendAsync([new JournalMove(account, end, part[^1].End)], part, cancellation);
        }
    }
}
