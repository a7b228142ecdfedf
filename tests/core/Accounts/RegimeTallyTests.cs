using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class RegimeTallyTests
{
    [Fact]
    public void Every_decision_of_a_backtest_that_explains_is_counted_in_the_regime_of_its_bar()
    {
        var bars = Build.Walk(3_000, seed: 4);
        var detector = new RegimeDetector();
        detector.Update(bars);
        var regimeAt = bars.Index().ToDictionary(bar => Build.Close(bar.Index), bar => RegimeDetector.ToRegime(detector.Values[bar.Index]));
        var (facts, tally) = (new List<Fact>(), new RegimeTally());
        Run(bars, explains: true, fact =>
        {
            facts.Add(fact);
            tally.Add(in fact);
        });

        Assert.Equal(RegimeRules.Current.Version, tally.Rules);
        Assert.True(tally.Regimes.Count() > 2, "regimes");
        foreach (var (regime, counts) in tally.Regimes)
        {
            Assert.Equal(facts.Count(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry } && regimeAt[fact.Time] == regime), counts.Bought);
            Assert.Equal(facts.Count(fact => fact.Kind == FactKind.EntryRefused && regimeAt[fact.Time] == regime), counts.Refused);
        }

        Assert.Equal(facts.Count(fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Signal }), tally.Regimes.Sum(pair => pair.Value.Left));
    }

    [Fact]
    public void To_explain_changes_no_fact_and_what_explains_nothing_has_no_decision()
    {
        var bars = Build.Walk(3_000, seed: 4);
        var (explained, silent) = (new List<Fact>(), new List<Fact>());
        Run(bars, explains: true, explained.Add);
        Run(bars, explains: false, silent.Add);
        Assert.All(silent, fact => Assert.Null(fact.Decision));
        Assert.Equal(silent, explained.Select(fact => fact with { Decision = null }));
    }

    private static void Run(Candle[] bars, bool explains, Action<Fact> listen) => Backtester.Run(
        new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [new SymbolTape(Build.Btc, bars)],
            Strategy = () => new TrendStrategy(),
            Limits = new RiskLimits { CooldownBars = 3 },
            Explains = explains,
            Listener = facts =>
            {
                foreach (ref readonly var fact in facts) listen(fact);
            },
        },
        TestContext.Current.CancellationToken);
}
