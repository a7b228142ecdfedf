using OrleansTrader.Core.Learning;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Hybrid;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies.Hybrid;

public class HybridTests
{
    private const int Bars = 6_000;

    [Fact]
    public void It_enters_only_when_agreement_edge_and_regime_are_as_its_parameters_ask()
    {
        var bars = Build.Walk(Bars, seed: 31);
        var analyzer = Build.Analyzer(HybridStrategy.Entry.Create(HybridStrategy.Entry.Defaults));
        var entries = 0;
        foreach (ref readonly var bar in bars.AsSpan())
        {
            var signal = analyzer.OnCandle(in bar);
            if (signal.Direction != Direction.Long) continue;
            entries++;
            Assert.InRange(signal.Confidence, 0.85, 1);
            Assert.InRange(bar.Close, signal.Stop, signal.Target);
            Assert.Contains(signal.Regime, new[] { MarketRegime.TrendingUp, MarketRegime.Ranging, MarketRegime.Quiet });
            var gain = ((signal.Target - bar.Close) * signal.Confidence) - ((bar.Close - signal.Stop) * (1 - signal.Confidence));
            Assert.True(gain / bar.Close > 0.0030, $"{gain} of {bar.Close}");
            foreach (var kind in (VoteKind[])[VoteKind.Quorum, VoteKind.Agreement, VoteKind.Edge, VoteKind.Regime])
                Assert.Equal(1, Assert.Single(analyzer.Votes.Votes.ToArray(), vote => vote.Kind == kind).Weight);
        }

        Assert.True(entries > 30, $"{entries} entries prove nothing");
    }

    [Fact]
    public void Costs_that_no_way_to_the_target_pays_for_keep_it_out()
    {
        var values = HybridStrategy.Entry.Read([KeyValuePair.Create("CostsBps", "500"), KeyValuePair.Create("TargetInRanges", "0.5")]).Values;
        Assert.DoesNotContain(Signals(new HybridStrategy(values)), signal => signal.Direction == Direction.Long);
    }

    [Fact]
    public void It_leaves_in_a_downtrend_and_when_the_votes_agree_on_the_other_direction()
    {
        var signals = Signals(new HybridStrategy(HybridStrategy.Entry.Defaults));
        Assert.All(signals.Where(signal => signal.Regime == MarketRegime.TrendingDown), signal => Assert.Equal(Direction.Flat, signal.Direction));
        var others = signals.Where(signal => signal.Direction == Direction.Flat && signal.Regime != MarketRegime.TrendingDown).ToArray();
        Assert.True(others.Length > 30, $"{others.Length} exits prove nothing");
        Assert.All(others, signal => Assert.InRange(signal.Confidence, 0.75, 1));
    }

    [Fact]
    public void A_model_that_has_nothing_to_say_is_as_none() =>
        Assert.Equal(
            Signals(new HybridStrategy(HybridStrategy.Entry.Defaults)),
            Signals(new HybridStrategy(HybridStrategy.Entry.Defaults, new FixedPredictor(double.NaN))));

    [Fact]
    public void A_model_draws_the_agreement_to_its_side()
    {
        var (without, rising, falling) = (Agreements(predictor: null), Agreements(new FixedPredictor(0.9)), Agreements(new FixedPredictor(0.1)));
        Assert.Equal(without.Length, rising.Length);
        for (var i = 0; i < without.Length; i++)
        {
            Assert.InRange(without[i], falling[i], rising[i]);
            Assert.True(rising[i] - falling[i] > 0.05, $"bar {i}: {falling[i]} to {rising[i]}");
        }
    }

    [Fact]
    public void It_says_when_it_is_not_told_how_long_the_bars_are()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new SymbolAnalyzer(new HybridStrategy(HybridStrategy.Entry.Defaults)));
        Assert.Equal("The length of the bars is not known here, so there are no longer ones.", refused.Message);
    }

    /// <summary>The longer bars of any length are whole ones, also where weeks begin within them.</summary>
    [Theory]
    [InlineData("1m", 4)]
    [InlineData("1h", 24)]
    [InlineData("7h", 24)]
    [InlineData("3d", 7)]
    [InlineData("1d", 7)]
    [InlineData("4w", 48)]
    public void Longer_bars_are_made_of_bars_of_any_length(string interval, int count) =>
        Assert.InRange(new LongerTrend(Interval.Parse(interval), count).WarmUp, 31 * count, 31 * (count + 2));

    [Fact]
    public void The_trend_of_longer_bars_is_that_of_the_ones_that_have_closed()
    {
        var bars = Build.Walk(1_000, seed: 5);
        var trend = new LongerTrend(Interval.OneHour, 4);
        var last = double.NaN;
        for (var i = 0; i < bars.Length; i++)
        {
            trend.Update(in bars[i]);
            // The bars begin at midnight: the fourth of each four closes a longer one.
            if (i % 4 != 3 && trend.IsReady && !double.IsNaN(last)) Assert.Equal(last, trend.Value);
            last = trend.Value;
        }

        Assert.True(trend.IsReady);
    }

    [Fact]
    public void It_says_which_model_speaks_in_it()
    {
        Assert.Equal("fixed", ModelOf(new FixedPredictor(0.5)));
        Assert.Equal("", ModelOf(new FixedPredictor(double.NaN)));
        Assert.Equal("", ModelOf(predictor: null));
    }

    private static string ModelOf(IPredictor? predictor)
    {
        var analyzer = Build.Analyzer(new HybridStrategy(HybridStrategy.Entry.Defaults, predictor));
        foreach (var bar in Build.Walk(1_500, seed: 31)) analyzer.OnCandle(in bar);
        return analyzer.Model;
    }

    private static Signal[] Signals(IStrategy strategy)
    {
        var signals = new Signal[Bars];
        Build.Analyzer(strategy).OnCandles(new BarColumns().Of(Build.Walk(Bars, seed: 31)), signals);
        return signals;
    }

    private static double[] Agreements(IPredictor? predictor)
    {
        var analyzer = Build.Analyzer(new HybridStrategy(HybridStrategy.Entry.Defaults, predictor));
        var agreements = new List<double>();
        foreach (var bar in Build.Walk(1_500, seed: 31))
        {
            analyzer.OnCandle(in bar);
            foreach (var vote in analyzer.Votes.Votes)
                if (vote.Kind == VoteKind.Agreement)
                    agreements.Add(vote.Value);
        }

        Assert.True(agreements.Count > 1_000);
        return [.. agreements];
    }

    private sealed class FixedPredictor(double probability) : IPredictor
    {
        public string Version => "fixed";

        public double Predict(ReadOnlySpan<double> features) => features.Length == 12 ? probability : throw new ArgumentException("twelve figures are expected", nameof(features));
    }
}
