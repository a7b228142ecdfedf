using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Regimes;

public class RegimeTests
{
    // The thresholds were chosen on the seeds 1 to 10.
    private const int FirstSeed = 1_001;
    private const int Seeds = 20;
    private const int Lag = 20;

    [Fact]
    public void Four_bars_in_five_of_a_market_of_known_regimes_are_told_right()
    {
        var (right, rightOfShifted, all, allShifted) = (0, 0, 0, 0);
        var ofEach = new int[6];
        var rightOfEach = new int[6];
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var market = LabelledMarket.Of(10_000, seed);
            var detector = new RegimeDetector();
            detector.Update(market.Bars);
            for (var i = detector.WarmUp - 1; i < market.Bars.Length; i++)
            {
                var told = RegimeDetector.ToRegime(detector.Values[i]);
                allShifted++;
                if (told == market.Labels[i - Lag]) rightOfShifted++;

                // The first bars of a stretch look like the one before it to anybody.
                if (market.Ages[i] < Lag) continue;
                all++;
                ofEach[(int)market.Labels[i]]++;
                if (told != market.Labels[i]) continue;
                right++;
                rightOfEach[(int)told]++;
            }
        }

        Assert.True(right >= 0.9 * all, $"{right} of {all}");
        Assert.True(rightOfShifted >= 0.8 * allShifted, $"{rightOfShifted} of {allShifted} beside the labels of {Lag} bars before");
        Assert.True(ofEach.Max() < 0.3 * all, "one regime alone makes up too much");
        for (var regime = 1; regime < 6; regime++) Assert.True(rightOfEach[regime] >= 0.8 * ofEach[regime], $"{(MarketRegime)regime}: {rightOfEach[regime]} of {ofEach[regime]}");
    }

    [Fact]
    public void Blocks_of_any_length_give_what_bars_one_by_one_give()
    {
        var bars = LabelledMarket.Of(3_000, seed: 3).Bars;
        var (singly, inBlocks) = (new RegimeDetector(), new RegimeDetector());
        var random = new Random(3);
        for (var start = 0; start < bars.Length;)
        {
            var block = bars.AsSpan(start, Math.Min(random.Next(1, 90), bars.Length - start));
            inBlocks.Update(block);
            for (var i = 0; i < block.Length; i++)
            {
                singly.Update(in block[i]);
                for (var o = 0; o < singly.Outputs.Length; o++) Assert.Equal(singly.Outputs[o].Value, inBlocks.Outputs[o].Values[i]);
            }

            start += block.Length;
        }
    }

    [Fact]
    public void Nothing_is_told_until_enough_is_known()
    {
        var detector = new RegimeDetector();
        foreach (var (index, bar) in LabelledMarket.Of(300, seed: 3).Bars.Index())
        {
            detector.Update(in bar);
            Assert.Equal(index + 1 < detector.WarmUp, detector.Regime == MarketRegime.Unknown);
            Assert.All(detector.Outputs, output => Assert.Equal(index + 1 < detector.WarmUp, double.IsNaN(output.Value)));
        }
    }

    [Theory]
    [InlineData(60, 24, 24)]
    [InlineData(14, 150, 24)]
    [InlineData(14, 24, 180)]
    [InlineData(2, 2, 2)]
    public void Under_other_rules_too_nothing_is_told_before_every_figure_is_known(int strength, int slope, int choppiness)
    {
        var detector = new RegimeDetector(RegimeRules.Current with { StrengthPeriod = strength, SlopePeriod = slope, ChoppinessPeriod = choppiness, FirstNotes = 3 });
        foreach (var (index, bar) in LabelledMarket.Of(300, seed: 3).Bars.Index())
        {
            detector.Update(in bar);
            Assert.All(detector.Outputs, output => Assert.True(index + 1 < detector.WarmUp == double.IsNaN(output.Value), $"{output.Name} is {output.Value} at bar {index + 1} with a warm-up of {detector.WarmUp}"));
        }
    }

    public static TheoryData<RegimeRules, string> Impossible
    {
        get
        {
            var rules = RegimeRules.Current;
            return new()
            {
                { rules with { Version = 0 }, "Version of the regime rules is 0; it must be 1 to 255." },
                { rules with { Version = 256 }, "Version of the regime rules is 256; it must be 1 to 255." },
                { rules with { StrengthPeriod = 1 }, "StrengthPeriod of the regime rules is 1; it must be 2 or more." },
                { rules with { SlopePeriod = 1 }, "SlopePeriod of the regime rules is 1; it must be 2 or more." },
                { rules with { ChoppinessPeriod = 1 }, "ChoppinessPeriod of the regime rules is 1; it must be 2 or more." },
                { rules with { VolatilityPeriod = 0 }, "VolatilityPeriod of the regime rules is 0; it must be 1 or more." },
                { rules with { NoteEvery = 0 }, "NoteEvery of the regime rules is 0; it must be 1 or more." },
                { rules with { Notes = 0 }, "Notes of the regime rules is 0; it must be 1 or more." },
                { rules with { FirstNotes = 251 }, "FirstNotes of the regime rules is 251; it must be 1 to 250, the number of Notes." },
                { rules with { LeastNote = 0 }, "LeastNote of the regime rules is 0; it must be above 0." },
                { rules with { Confirmation = 0 }, "Confirmation of the regime rules is 0; it must be 1 or more." },
                { rules with { EnterTrend = rules.EnterTrend with { Slope = double.NaN } }, "it must be of finite numbers." },
                { rules with { StayInTrend = rules.StayInTrend with { Strength = 19 } }, "it must be no harder than EnterTrend, " },
                { rules with { EnterQuiet = new(1.1, 0.5) }, "it must be a percentile of 0 to 1 and a multiple of 0 or more." },
                { rules with { StayVolatile = new(0.8, 1.35) }, "it must be no harder than EnterVolatile, " },
                { rules with { StayQuiet = new(0.35, 0.5) }, "it must be no harder than EnterQuiet, " },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Rules_by_which_no_regime_can_be_told_are_refused_with_what_is_allowed(RegimeRules rules, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new RegimeDetector(rules)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_tick_after_a_long_standstill_is_quiet_and_an_outbreak_is_volatile()
    {
        var detector = new RegimeDetector();
        var n = 0;
        foreach (var bar in LabelledMarket.Of(500, seed: 3).Bars) Take(bar.Open, bar.High, bar.Low, bar.Close);
        for (var i = 0; i < 2_000; i++) Take(20_000, 20_000, 20_000, 20_000);
        Assert.Equal(MarketRegime.Quiet, detector.Regime);

        // A tick of a cent up and down again, and bars of one tick for a while.
        for (var i = 0; i < 50; i++)
        {
            Take(20_000, 20_000.01, 20_000, i % 2 == 0 ? 20_000.01 : 20_000);
            Assert.Equal(MarketRegime.Quiet, detector.Regime);
        }

        // Bars of two per cent: volatile as soon as two bars in a row say so.
        Take(20_000, 20_400, 20_000, 20_200);
        Take(20_200, 20_400, 20_000, 20_100);
        Assert.Equal(MarketRegime.Volatile, detector.Regime);

        void Take(double open, double high, double low, double close) => detector.Update(Build.Bar(n++, open, high, low, close));
    }

    [Fact]
    public void What_is_near_a_threshold_does_not_make_the_regime_flicker()
    {
        // The same rules without an easier way to stay and without confirmation change far more often.
        var rules = RegimeRules.Current;
        var plain = rules with { StayInTrend = rules.EnterTrend, StayVolatile = rules.EnterVolatile, StayQuiet = rules.EnterQuiet, Confirmation = 1 };
        var bars = LabelledMarket.Of(20_000, seed: 5).Bars;
        var (calm, flickering) = (Changes(new RegimeDetector(rules), bars), Changes(new RegimeDetector(plain), bars));
        Assert.True(calm < 0.5 * flickering, $"{calm} changes with hysteresis, {flickering} without");
    }

    [Fact]
    public void A_signal_bears_the_regime_of_its_bar_where_it_is_asked_for()
    {
        var bars = LabelledMarket.Of(2_000, seed: 8).Bars;
        var detector = new RegimeDetector();
        detector.Update(bars);
        var inBlocks = new Signal[bars.Length];
        new SymbolAnalyzer(StrategyCatalog.Create("trend"), tellsRegime: true).OnCandles(new BarColumns().Of(bars), inBlocks);
        var singly = new SymbolAnalyzer(StrategyCatalog.Create("trend"), tellsRegime: true);
        var without = new SymbolAnalyzer(StrategyCatalog.Create("trend"));
        for (var i = 0; i < bars.Length; i++)
        {
            if (i == 777)
            {
                var restored = new SymbolAnalyzer(StrategyCatalog.Create("trend"), tellsRegime: true);
                restored.Restore(singly.Save());
                singly = restored;
            }

            var signal = singly.OnCandle(in bars[i]);
            Assert.Equal(RegimeDetector.ToRegime(detector.Values[i]), signal.Regime);
            Assert.Equal(i + 1 < detector.WarmUp ? 0 : RegimeRules.Current.Version, signal.RegimeRules);
            Assert.Equal(signal, inBlocks[i]);
            Assert.Equal(signal with { Regime = MarketRegime.Unknown, RegimeRules = 0 }, without.OnCandle(in bars[i]));
        }

        Assert.Equal(without.WarmUp, singly.WarmUp);
        Assert.Equal(5, inBlocks.Select(signal => signal.Regime).Where(regime => regime != MarketRegime.Unknown).Distinct().Count());
    }

    [Fact]
    public void A_strategy_that_asks_for_the_regime_has_it_on_its_signals()
    {
        var analyzer = new SymbolAnalyzer(new OnlyInUptrends());
        var owned = 0;
        foreach (var bar in LabelledMarket.Of(2_000, seed: 8).Bars)
        {
            var signal = analyzer.OnCandle(in bar);
            Assert.Equal(signal.Direction == Direction.Long, signal.Regime == MarketRegime.TrendingUp);
            if (signal.Direction == Direction.Long) owned++;
        }

        Assert.InRange(owned, 100, 1_900);
    }

    [Fact]
    public void A_signal_is_six_words_wide() => Assert.Equal(48, System.Runtime.CompilerServices.Unsafe.SizeOf<Signal>());

    private static int Changes(RegimeDetector detector, Candle[] bars)
    {
        detector.Update(bars);
        var changes = 0;
        for (var i = detector.WarmUp; i < bars.Length; i++)
        {
            if (detector.Values[i] != detector.Values[i - 1]) changes++;
        }

        return changes;
    }

    private sealed class OnlyInUptrends : BarStrategy
    {
        private RegimeDetector _regime = null!;

        public override string Name => "uptrends";

        protected override void Prepare(IndicatorSet indicators) => _regime = RegimeDetector.Of(indicators);

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) =>
            _regime.Regime == MarketRegime.TrendingUp ? new Signal(Direction.Long, 1, double.NaN, double.NaN) : Signal.Flat(1);
    }
}
