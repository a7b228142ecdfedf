using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Finds a page of facts, and reads only the segments that can have some of it; the one that is written piece by piece from its end.</summary>
internal static class SegmentSearch
{
    public static JournalPage Find(SegmentReading reading, JournalQuery query, CancellationToken cancellation)
    {
        var found = new List<JournalEntry>();
        foreach (var piece in query.IsNewestFirst ? Pieces(reading, query).Reverse() : Pieces(reading, query))
        {
            var sieve = new JournalSieve(query with { Limit = query.Limit - found.Count });
            foreach (var batch in piece())
            {
                cancellation.ThrowIfCancellationRequested();
                if (batch.FirstSequence > query.Highest || sieve.IsFull) break;
                sieve.Take(batch);
            }

            found.AddRange(sieve.Found());
            if (found.Count > query.Limit) break;
        }

        return JournalSieve.Page(found, query);
    }

    /// <summary>What can have some of it, oldest first; nothing is read before it is asked for.</summary>
    private static IEnumerable<Func<IEnumerable<JournalBatch>>> Pieces(SegmentReading reading, JournalQuery query)
    {
        foreach (var number in reading.Numbers)
        {
            if (reading.Last(number) < query.Lowest || reading.Before(number) >= query.Highest) continue;
            if (!reading.TimesOf(number).Touch(query.From, query.To)) continue;
            if (number != reading.Number)
            {
                yield return () => reading.BatchesOf(number, query.Lowest);
                continue;
            }

            var from = default(JournalMark);
            foreach (var to in reading.Marks.Append(reading.End))
            {
                if (to.Position == 0 || to == from) continue;
                var start = from;
                from = to;
                if (to.LastSequence >= query.Lowest && start.LastSequence < query.Highest) yield return () => reading.BatchesBetween(start, to, query.Lowest);
            }
        }
    }
}
