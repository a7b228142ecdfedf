using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>What the facts of an account tell a person: fills, closed trades, decisions and notices, the latest of each.</summary>
/// <param name="account">For the names of what its symbols are of.</param>
internal sealed class AccountHistory(EquityCurve equity, PerformanceBook performance, AccountState account)
{
    private const int Kept = 1_000;

    private readonly List<FillView> _fills = [];
    private readonly List<TradeView> _trades = [];
    private readonly List<DecisionView> _decisions = [];
    private readonly List<NoticeView> _notices = [];

    private long _sequence;

    /// <summary>By which settings it traded up to the latest fact; null where none was seen that told.</summary>
    private string? _terms;

    /// <summary>By which rules each symbol was traded up to the latest fact, as far as one was seen that told.</summary>
    private readonly Dictionary<string, SymbolRules> _rules = new(StringComparer.Ordinal);

    public EquityPoint? DayBegin => equity.DayBegin;

    public PerformanceView Performance => new(
        performance.Paid,
        performance.Total,
        [.. performance.Days.Items],
        [.. performance.Weeks.Items],
        [.. performance.Months.Items],
        GroupsOf(performance.BySymbol),
        GroupsOf(performance.ByStrategy),
        GroupsOf(performance.ByRegime),
        GroupsOf(performance.ByExit));

    /// <summary>Takes the equity after a step, of which there need be no fact.</summary>
    public void Mark(DateTime time, double latest)
    {
        equity.Add(time, latest);
        performance.Mark(time, latest);
    }

    public void Add(JournalBatch batch)
    {
        var sequence = batch.FirstSequence;
        foreach (var fact in batch.Facts)
        {
            // The course of the equity is kept: what it has seen already must not change it again.
            if (sequence > performance.Sequence) TakeFunds(in fact);
            Add(sequence++, in fact);
        }

        performance.Add(batch.FirstSequence, batch.Facts.AsSpan());
        // Before its decisions the closes of a step are not marked yet: its equity would be that of the step before.
        if (batch.Phase == StepPhase.Decided) Mark(batch.StepTime, batch.Equity.Latest);
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

    /// <summary>The notices from the given sequence number on; until the next fact.</summary>
    public ReadOnlySpan<NoticeView> NewsFrom(long sequence)
    {
        var from = _notices.Count;
        while (from > 0 && _notices[from - 1].Sequence >= sequence) from--;
        return CollectionsMarshal.AsSpan(_notices)[from..];
    }

    /// <summary>A decision with what became of it; null when there is none of that number among the latest.</summary>
    public DecisionRecordView? Find(long sequence) =>
        _decisions.Find(known => known.Sequence == sequence) is { } decision ? DecisionRecords.Of(decision, _decisions, _fills, _trades) : null;

    private void TakeFunds(in Fact fact)
    {
        if (fact.Kind is FactKind.FundsMoved or FactKind.HoldingMoved) equity.Pay((double)fact.Amount);
        if (fact.Kind == FactKind.AccountReset) equity.Begin();
    }

    /// <summary>What holds where nothing before the latest facts was read.</summary>
    public void Begin(AccountState now)
    {
        _terms ??= now.Terms;
        foreach (var position in now.Positions) _rules.TryAdd(position.Symbol, position.Rules);
    }

    private string? AssetOf(string? symbol) =>
        symbol is not null && Ledger.SlotOf(account, symbol) is >= 0 and var slot ? account.Positions[slot].Rules.BaseAsset : symbol;

    private SymbolRules? RulesOf(string? symbol) => symbol is null ? null : _rules.GetValueOrDefault(symbol);

    private void Forget()
    {
        _fills.Clear();
        _trades.Clear();
        _decisions.Clear();
    }

    private void Add(long sequence, in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.Filled:
                Keep(_fills, new FillView(sequence, fact.Time, fact.Symbol!, fact.OrderId, fact.Side, fact.Purpose, fact.Quantity, fact.Price, fact.FeeValue, fact.Exit));
                break;
            case FactKind.PositionClosed:
                Keep(_trades, new TradeView(sequence, fact.Symbol!, fact.EntryTime, fact.Time, fact.Quantity, Math.Round(fact.EntryPrice, AccountViews.PriceDecimals), Math.Round(fact.Price, AccountViews.PriceDecimals), fact.Fee, fact.Amount, fact.Exit, fact.Unprotected.TotalSeconds));
                break;
            default:
                if (fact.Kind == FactKind.AccountReset) Forget();
                if (Notices.Of(in fact, AssetOf(fact.Symbol), _terms, RulesOf(fact.Symbol), isLive: account.Arming is not null) is { } notice) Keep(_notices, new NoticeView(sequence, fact.Time, notice.Level, notice.Text));
                break;
        }

        if (fact.Kind == FactKind.TermsChanged) _terms = fact.Terms;
        if (fact.Kind == FactKind.SymbolListed) _rules[fact.Symbol!] = fact.Rules!;
        if (fact.Decision is { } decision) Keep(_decisions, AccountViews.ViewOf(sequence, in fact, decision));
    }

    private static ImmutableArray<ResultsView> GroupsOf(SortedDictionary<string, TradeResults> groups) =>
        [.. groups.Select(group => new ResultsView(group.Key, group.Value))];

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
