using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>
/// What an account has brought, by day, week and month, and its closed trades by symbol, strategy, regime at the entry and reason of the
/// exit; drawn from facts and from the equity after each step.
/// </summary>
public sealed class PerformanceBook
{
    /// <summary>Stands where nobody wrote a name down.</summary>
    public const string Unknown = "unknown";

    /// <summary>The number of the latest fact that is in it; facts up to it are passed over.</summary>
    public long Sequence { get; set; }

    /// <summary>The time of the latest equity that is in it, UTC.</summary>
    public DateTime Time { get; set; }

    /// <summary>The latest equity, quote currency.</summary>
    public double Equity { get; set; }

    /// <summary>What was paid into the account in all, less what was paid out, quote currency.</summary>
    public decimal Paid { get; set; }

    public PeriodSeries Days { get; set; } = new() { Length = PeriodLength.Day, Capacity = 400 };

    public PeriodSeries Weeks { get; set; } = new() { Length = PeriodLength.Week, Capacity = 260 };

    public PeriodSeries Months { get; set; } = new() { Length = PeriodLength.Month, Capacity = 600 };

    public TradeResults Total { get; set; }

    public SortedDictionary<string, TradeResults> BySymbol { get; set; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, TradeResults> ByStrategy { get; set; } = new(StringComparer.Ordinal);

    /// <summary>By the regime of the bar that decided the entry.</summary>
    public SortedDictionary<string, TradeResults> ByRegime { get; set; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, TradeResults> ByExit { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Who bought what was bought last, by symbol; dust of it that is sold later is still of that entry.</summary>
    public SortedDictionary<string, OpenEntry> Entries { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The strategy that trades now.</summary>
    public string Strategy { get; set; } = Unknown;

    /// <summary>Takes the facts of one turn.</summary>
    /// <param name="firstSequence">The number of the first of them.</param>
    public void Add(long firstSequence, ReadOnlySpan<Fact> facts)
    {
        for (var i = 0; i < facts.Length; i++)
        {
            if (firstSequence + i <= Sequence) continue;
            Sequence = firstSequence + i;
            Add(in facts[i]);
        }
    }

    /// <summary>Takes the equity after a step; one that is not later than the latest is passed over.</summary>
    public void Mark(DateTime time, double equity)
    {
        if (time <= Time) return;
        Time = time;
        foreach (var series in Series) series.Mark(time, Equity > 0 ? Equity : equity, equity);
        Equity = equity;
    }

    private ReadOnlySpan<PeriodSeries> Series => new[] { Days, Weeks, Months };

    private void Add(in Fact fact)
    {
        if (fact.Strategy is { Length: > 0 } strategy) Strategy = strategy;
        switch (fact.Kind)
        {
            case FactKind.AccountOpened or FactKind.AccountReset: Begin(in fact); break;
            case FactKind.OrderCreated when fact.Purpose == Market.OrderPurpose.Entry:
                Entries[fact.Symbol!] = new OpenEntry(Strategy, fact.Decision?.Signal.Regime ?? MarketRegime.Unknown);
                break;
            case FactKind.PositionClosed: Close(in fact); break;
            case FactKind.FundsMoved or FactKind.HoldingMoved: Move(in fact); break;
        }
    }

    private void Begin(in Fact fact)
    {
        foreach (var series in Series) series.Items.Clear();
        foreach (var group in new[] { BySymbol, ByStrategy, ByRegime, ByExit }) group.Clear();
        Entries.Clear();
        Total = default;
        Equity = (double)fact.Amount;
        Paid = fact.Amount;
    }

    private void Close(in Fact fact)
    {
        var entry = Entries.GetValueOrDefault(fact.Symbol!) ?? new OpenEntry(Strategy, MarketRegime.Unknown);
        Total = Total.Plus(in fact);
        Add(BySymbol, fact.Symbol!, in fact);
        Add(ByStrategy, entry.Strategy, in fact);
        Add(ByRegime, entry.Regime.Describe(), in fact);
        Add(ByExit, fact.Exit.ToString(), in fact);
        foreach (var series in Series) series.Add(in fact, Equity);
    }

    private void Move(in Fact fact)
    {
        // Before the first step there is no period: what it begins with is worth so much more or less.
        if (fact.Time != default)
            foreach (var series in Series)
                series.Flow(fact.Time, fact.Amount, (double)fact.Equity);
        Equity = (double)(fact.Equity + fact.Amount);
        Paid += fact.Amount;
    }

    private static void Add(SortedDictionary<string, TradeResults> group, string key, in Fact closed) =>
        group[key] = group.GetValueOrDefault(key).Plus(in closed);
}
