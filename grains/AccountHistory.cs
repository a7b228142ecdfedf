using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>What the facts of an account tell a person: fills, closed trades, decisions and notices, the latest of each.</summary>
internal sealed class AccountHistory(EquityCurve equity)
{
    private const int Kept = 1_000;

    private readonly List<FillView> _fills = [];
    private readonly List<TradeView> _trades = [];
    private readonly List<DecisionView> _decisions = [];
    private readonly List<NoticeView> _notices = [];

    private long _sequence;

    public EquityCurve Equity => equity;

    public void Add(JournalBatch batch)
    {
        var sequence = batch.FirstSequence;
        foreach (var fact in batch.Facts) Add(sequence++, in fact);
        equity.Add(batch.StepTime, batch.Equity.Latest);
        _sequence = batch.LastSequence;
    }

    /// <summary>What came after the given sequence number, at most <paramref name="limit"/> of each kind.</summary>
    public HistoryView View(long after, int limit) => new(
        _sequence,
        Latest(_fills, fill => fill.Sequence > after, limit),
        Latest(_trades, trade => trade.Sequence > after, limit),
        Latest(_decisions, decision => decision.Sequence > after, limit),
        Latest(_notices, notice => notice.Sequence > after, limit),
        [.. equity.All()]);

    private void Add(long sequence, in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.Filled:
                Keep(_fills, new FillView(sequence, fact.Time, fact.Symbol!, fact.Side, fact.Purpose, fact.Quantity, fact.Price, fact.FeeValue, fact.Exit));
                break;
            case FactKind.PositionClosed:
                Keep(_trades, new TradeView(sequence, fact.Symbol!, fact.EntryTime, fact.Time, fact.Quantity, fact.EntryPrice, fact.Price, fact.Fee, fact.Amount, fact.Exit, fact.Unprotected.TotalSeconds));
                break;
            default:
                if (Notices.Of(in fact) is { } notice) Keep(_notices, new NoticeView(sequence, fact.Time, notice.Level, notice.Text));
                break;
        }

        if (fact.Decision is { } decision) Keep(_decisions, AccountViews.ViewOf(sequence, in fact, decision));
    }

    private static void Keep<T>(List<T> list, T item)
    {
        // Trimmed in blocks, so that keeping one costs no copy of all.
        if (list.Count >= 2 * Kept) list.RemoveRange(0, Kept);
        list.Add(item);
    }

    private static ImmutableArray<T> Latest<T>(List<T> list, Predicate<T> isNew, int limit)
    {
        var from = list.FindIndex(isNew);
        return from < 0 ? [] : [.. list.Skip(Math.Max(from, list.Count - Math.Clamp(limit, 0, Kept)))];
    }
}
