using System.Globalization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Brings rows that were written beside a journal into it. How far it has them already is told by where it ends: no row is there twice.</summary>
internal static class SpillMerge
{
    private const int Together = 1_000;

    /// <param name="path">File of the rows.</param>
    /// <param name="start">Where the first row goes on.</param>
    /// <returns>False when the journal has gone on otherwise; then nothing of the rest was written.</returns>
    /// <exception cref="CorruptStateException">The database has less than it had when the rows were written.</exception>
    /// <exception cref="StoreException">It takes none of them.</exception>
    public static async Task<bool> RunAsync(JournalWriter writer, string account, string path, JournalEnd start, List<JournalRow> rows, JournalChain chain, CancellationToken cancellation)
    {
        JournalEnd? refused = null;
        while (true)
        {
            var there = await writer.EndAsync(account, chain.KeyId, cancellation);
            if (there is null && start.Last == 0) await writer.BeginAsync(account, start, chain.KeyId, cancellation);
            var known = there?.Last ?? 0;
            if (known < start.Last) throw JournalHeads.Behind(account, writer.Server, known, start.Last, $" when {path} was begun, which goes on from there");
            var end = there ?? start;
            if (end == refused) throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"{writer.Server} takes nothing after fact {end.Last} of account {account} from {path}, though its journal ends there; see what keeps rows of trader.journal_head from being updated."));
            var next = end == start ? 0 : rows.FindIndex(row => row.End == end) + 1;
            // It may have had everything and gone on since: this file was then only not yet removed.
            if (next == 0 && end != start) return rows.Count == 0 ? await writer.HasAsync(account, start, cancellation) : await writer.HasAsync(account, rows[^1].End, cancellation);
            if (next == rows.Count) return true;
            var part = rows.GetRange(next, Math.Min(Together, rows.Count - next));
            // Where that does not succeed, a statement of the time before has come through in between, and the next look tells.
            if ((await writer.AppendAsync([new JournalMove(account, end, part[^1].End)], part, cancellation)).Count == 0) refused = end;
        }
    }
}
