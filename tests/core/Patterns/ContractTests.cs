using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Patterns.Swings;
using OrleansTrader.Core.Regimes;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>What holds for everything that reads patterns, regimes and longer bars out of bars.</summary>
public class ContractTests
{
    private const int Length = 600;

    public static TheoryData<string> Names => [.. Analysis.All.Keys];

    [Fact]
    public void Everything_that_grows_bar_by_bar_is_held_to_the_contract_here_or_as_an_indicator() =>
        Assert.Equal(
            typeof(Indicator).Assembly.GetTypes().Where(IsHeldHere).Select(type => type.Name).Order(StringComparer.Ordinal),
            Analysis.All.Values.Select(create => create().Kind.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restored_one_goes_on_as_if_it_had_never_stopped(string name)
    {
        var bars = WithUnsoundBars();
        var expected = Run(Analysis.All[name](), bars);
        foreach (var cut in (int[])[0, 1, 2, 3, 5, 9, 10, 11, 12, 17, 31, 64, 200, 333, Length - 1])
        {
            var stopped = Analysis.All[name]();
            Run(stopped, bars[..cut]);
            var used = Analysis.All[name]();
            Run(used, Build.Walk(77, seed: 99, price: 3));
            foreach (var other in (Analysis[])[Analysis.All[name](), used])
            {
                other.Restore(stopped.Save());
                AssertSame(stopped.Values(), other.Values());
                AssertSame(stopped.Save(), other.Save());
                var rest = Run(other, bars[cut..]);
                for (var i = 0; i < rest.Length; i++) AssertSame(expected[cut + i], rest[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reset_one_is_as_new(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var analysis = Analysis.All[name]();
        Run(analysis, Build.Walk(333, seed: 2, price: 7));
        analysis.Reset();
        AssertSame(Analysis.All[name]().Values(), analysis.Values());
        AssertSame(Analysis.All[name]().Save(), analysis.Save());
        var expected = Run(Analysis.All[name](), bars);
        var actual = Run(analysis, bars);
        for (var i = 0; i < Length; i++) AssertSame(expected[i], actual[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_of_another_length_is_refused_and_changes_nothing(string name)
    {
        var analysis = Analysis.All[name]();
        Run(analysis, Build.Walk(60, seed: 4));
        var state = analysis.Save();
        Assert.Throws<ArgumentException>(() => analysis.Restore([.. state, 0]));
        Assert.Throws<ArgumentException>(() => analysis.Restore(state[..^8]));
        AssertSame(state, analysis.Save());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_state_of_another_one_is_refused_by_name_and_changes_nothing(string name)
    {
        var analysis = Analysis.All[name]();
        Run(analysis, Build.Walk(60, seed: 4));
        var state = analysis.Save();
        foreach (var other in Analysis.All.Values.Select(create => create()).Where(other => other.Kind != analysis.Kind))
        {
            var refused = Assert.Throws<ArgumentException>(() => analysis.Restore(other.Save()));
            Assert.StartsWith($"The saved state is of {other.Kind.Name}, not of {analysis.Kind.Name}.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => analysis.Restore([]));
        AssertSame(state, analysis.Save());
    }

    [Fact]
    public void The_state_of_other_parameters_is_refused()
    {
        Restorable[][] kinds =
        [
            [new CandlePatternScanner(), new CandlePatternScanner([CandlePatternCatalog.ByName("CDLDOJI")]), new CandlePatternScanner([CandlePatternCatalog.ByName("CDLHAMMER")])],
            [new CandleAggregator(Interval.OneHour, Interval.Parse("4h")), new CandleAggregator(Interval.OneHour, Interval.Parse("8h")), new CandleAggregator(Interval.OneMinute, Interval.Parse("4h"))],
            [new SwingDetector(3), new SwingDetector(4)],
            [new LevelFinder(), new LevelFinder(reach: 4), new LevelFinder(width: 0.6), new LevelFinder(halfLife: 99), new LevelFinder(touches: 3), new LevelFinder(capacity: 17)],
            [new DivergenceFinder(), new DivergenceFinder(reach: 4), new DivergenceFinder(rsiPeriod: 15), new DivergenceFinder(longestSpan: 61)],
            [new CandleVerdicts(), new CandleVerdicts([CandlePatternCatalog.ByName("CDLDOJI")]), new CandleVerdicts([CandlePatternCatalog.ByName("CDLHAMMER")])],
            [new LatestSwings(), new LatestSwings(4)],
            [new NearestLevels(new LevelFinder()), new NearestLevels(new LevelFinder(touches: 3))],
            [new Divergences(), new Divergences(longestSpan: 61)],
            [new RegimeDetector(), new RegimeDetector(RegimeRules.Current with { Version = 3 }), new RegimeDetector(RegimeRules.Current with { EnterTrend = RegimeRules.Current.EnterTrend with { Slope = 0.2 } })],
        ];
        foreach (var kind in kinds)
        {
            foreach (var (one, other) in kind.SelectMany(one => kind.Where(other => other != one).Select(other => (one, other))))
                Assert.Throws<ArgumentException>(() => one.Restore(other.Save()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_never_changes_when_bars_are_appended(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var other = Build.Walk(Length, seed: 77, price: 50);
        var expected = Run(Analysis.All[name](), bars);
        foreach (var length in (int[])[1, 2, 14, 15, 30, 53, 199, 200, 450])
        {
            // A future of another kind, so that whatever looked ahead would see something else.
            var actual = Run(Analysis.All[name](), [.. bars[..length], .. other[length..]]);
            for (var i = 0; i < length; i++) AssertSame(expected[i], actual[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bar_that_is_no_bar_is_left_out(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var expected = Run(Analysis.All[name](), bars);
        var analysis = Analysis.All[name]();
        for (var i = 0; i < Length; i++)
        {
            analysis.Update(bars[i]);
            AssertSame(expected[i], analysis.Values());
            foreach (var unsound in UnsoundBars(bars[i])) analysis.Update(unsound);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flat_prices_nothing_traded_a_gap_in_time_and_a_jump_in_price_are_survived(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        for (var i = 0; i < Length; i++)
        {
            if (i is > 100 and < 200) bars[i] = bars[99] with { OpenTime = bars[i].OpenTime, Open = bars[99].Close, High = bars[99].Close, Low = bars[99].Close, Volume = 0 };
            if (i >= 300) bars[i] = bars[i] with { OpenTime = bars[i].OpenTime.AddDays(9) };
            if (i >= 400) bars[i] = Scaled(bars[i], 1_000);
        }

        var values = Run(Analysis.All[name](), bars);
        Assert.All(values, row => Assert.All(row, value => Assert.False(double.IsInfinity(value))));
        foreach (var price in (double[])[1e-8, 7, 1e8])
        {
            Candle[] flat = [.. Enumerable.Range(0, Length).Select(i => Build.Bar(i, price, price, price, price, volume: i % 2))];
            Assert.Equal(Analysis.OfFlatBars[name](flat), Run(Analysis.All[name](), flat)[^1], (expected, actual) => actual.Equals(expected) || Math.Abs(actual - expected) <= 1e-11 * (expected == 0 ? 1 : expected));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prices_of_1e_minus_8_and_1e8_give_the_same_in_their_scale(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var expected = Run(Analysis.All[name](), bars);
        // Powers of two, so that nothing is rounded on the way from 100 to about 1e-8 and 1e8.
        foreach (var scale in (double[])[Math.ScaleB(1, -33), Math.ScaleB(1, 20)])
        {
            var scaled = Run(Analysis.All[name](), [.. bars.Select(bar => Scaled(bar, scale))]);
            for (var i = 0; i < Length; i++)
            {
                for (var v = 0; v < expected[i].Length; v++)
                {
                    var (one, other) = (expected[i][v], scaled[i][v]);
                    Assert.True(one.Equals(other) || (one * scale).Equals(other), $"bar {i}, value {v}: {other} for {one}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_byte_is_allocated_per_bar(string name)
    {
        var bars = Build.Walk(2_000, seed: 1);
        var analysis = Analysis.All[name]();
        var day = 0;
        Assert.Equal(0, Allocation.Least(Feed));

        void Feed()
        {
            day += 100;
            foreach (ref readonly var bar in bars.AsSpan()) analysis.Update(bar with { OpenTime = bar.OpenTime.AddDays(day) });
        }
    }

    private static bool IsHeldHere(Type type) =>
        !type.IsAbstract && type.IsSubclassOf(typeof(Restorable))
        && !(type.IsSubclassOf(typeof(Indicator)) && type.Namespace!.StartsWith(typeof(Indicator).Namespace!, StringComparison.Ordinal));

    private static Candle Scaled(Candle bar, double scale) =>
        bar with { Open = bar.Open * scale, High = bar.High * scale, Low = bar.Low * scale, Close = bar.Close * scale };

    private static Candle[] UnsoundBars(Candle bar) =>
        [bar with { Close = double.NaN }, bar with { High = double.PositiveInfinity }, bar with { Volume = double.NaN }, bar with { Low = 0 }, bar with { Close = bar.High * 2 }, default];

    private static Candle[] WithUnsoundBars()
    {
        var bars = Build.Walk(Length, seed: 1);
        foreach (var i in (int[])[0, 3, 40, 41, 200]) bars[i] = bars[i] with { Close = double.NaN };
        return bars;
    }

    private static double[][] Run(Analysis analysis, Candle[] bars)
    {
        var rows = new double[bars.Length][];
        for (var i = 0; i < bars.Length; i++)
        {
            analysis.Update(bars[i]);
            rows[i] = analysis.Values();
        }

        return rows;
    }

    private static void AssertSame(byte[] expected, byte[] actual) => Assert.True(expected.AsSpan().SequenceEqual(actual), "the states differ");

    private static void AssertSame(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]), $"{i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
