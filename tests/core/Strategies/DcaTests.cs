using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>A rhythm of purchases that neither a gap nor another beginning of the history can shift.</summary>
public class DcaTests
{
    [Fact]
    public void It_buys_with_the_first_bar_of_each_round()
    {
        // 2023-01-01 was a Sunday: rounds of a day begin at midnight.
        var due = DueOf(Build.Walk(100, seed: 1), every: 24);
        Assert.Equal([0, 24, 48, 72, 96], due);
    }

    [Fact]
    public void Whole_weeks_begin_on_Mondays() => Assert.Equal([24, 192], DueOf(Build.Walk(200, seed: 1), every: 168));

    [Fact]
    public void A_missing_bar_delays_a_purchase_and_shifts_no_other()
    {
        var bars = Build.Walk(100, seed: 1).Where((_, i) => i is < 24 or > 26);
        Assert.Equal([0, 27, 48, 72, 96], DueOf([.. bars], every: 24));
    }

    [Fact]
    public void Another_beginning_of_the_history_keeps_the_rhythm() => Assert.Equal([24, 48, 72, 96], DueOf(Build.Walk(100, seed: 1)[5..], every: 24));

    [Fact]
    public void It_buys_a_part_with_each_round_until_the_position_is_whole_and_never_sells()
    {
        var facts = new List<Fact>();
        var state = Backtester.Run(
            new BacktestPlan
            {
                Interval = Interval.OneHour,
                Tapes = [new SymbolTape(Build.Btc, Enumerable.Range(0, 100).Select(n => Build.Bar(n, 100, 100, 100, 100)).ToArray())],
                Strategy = () => Create(every: 10, parts: 4),
                Matching = Build.Free,
                Limits = RiskLimits.None with { MaxPositionShare = 0.5m },
                Explains = true,
                Listener = turn => facts.AddRange(turn),
            },
            TestContext.Current.CancellationToken);

        // Half of 10,000 in four parts; what no step covers is not bought, and the 2 % that are held back for costs make room for a fifth.
        var entries = facts.Where(fact => fact.Kind == FactKind.OrderCreated).ToList();
        Assert.All(entries, entry => Assert.Equal((OrderPurpose.Entry, 0m, 0m), (entry.Purpose, entry.Stop, entry.Target)));
        Assert.Equal([1_250m, 1_250m, 1_250m, 1_250m], entries.Take(4).Select(entry => entry.Amount));
        Assert.InRange(state.Positions[0].Value, 4_900, 5_000);
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.SymbolExposure or RefusalCode.BelowMinNotional or RefusalCode.BelowStep });
        Assert.DoesNotContain(facts, fact => fact is { Kind: FactKind.Filled, Side: OrderSide.Sell });
    }

    private static IStrategy Create(int every, int parts) => DcaStrategy.Entry.Create(DcaStrategy.Entry.Read(
        [KeyValuePair.Create("Every", every.ToString(System.Globalization.CultureInfo.InvariantCulture)), KeyValuePair.Create("Parts", parts.ToString(System.Globalization.CultureInfo.InvariantCulture))]).Values);

    /// <summary>The hours at whose bar it buys.</summary>
    private static int[] DueOf(Candle[] bars, int every)
    {
        var analyzer = Build.Analyzer(Create(every, parts: 10));
        return [.. bars.Where(bar => analyzer.OnCandle(in bar).IsEntry).Select(bar => (int)(bar.OpenTime - Build.Start).TotalHours)];
    }
}
