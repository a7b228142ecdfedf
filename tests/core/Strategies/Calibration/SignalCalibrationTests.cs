using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Calibration;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies.Calibration;

public class SignalCalibrationTests
{
    [Theory]
    [InlineData("hybrid")]
    [InlineData("trend")]
    [InlineData("breakout")]
    public void A_signal_is_judged_by_what_was_known_at_its_bar_whatever_comes_after(string name)
    {
        var bars = Build.Walk(6_000, seed: 21);
        var other = Build.Walk(6_000, seed: 22);
        var known = 0;
        foreach (var cut in (int[])[2_000, 4_000, 5_500])
        {
            var expected = new Signal[bars.Length];
            Build.Analyzer(StrategyCatalog.Create(name)).OnCandles(new BarColumns().Of(bars), expected);
            Candle[] forked = [.. bars[..cut], .. other[cut..]];
            var actual = new Signal[bars.Length];
            Build.Analyzer(StrategyCatalog.Create(name)).OnCandles(new BarColumns().Of(forked), actual);
            Assert.Equal(expected[..cut], actual[..cut]);
            known += actual[..cut].Count(signal => !double.IsNaN(signal.WinProbability));
        }

        Assert.True(known > 10, $"{known} probabilities were told, too few to prove anything");
    }

    /// <summary>An entry each four bars at 100, with stop and target 10 away; the bars after it decide.</summary>
    [Theory]
    [InlineData(89, 100, 0)]
    [InlineData(100, 111, 1)]
    [InlineData(89, 111, 0)]
    public void A_trial_ends_at_stop_or_target_and_the_stop_comes_first(double low, double high, double expected)
    {
        var analyzer = Build.Analyzer(new EveryFourthBar(leaves: false));
        var signal = Signal.Hold;
        for (var i = 0; i <= 4 * IsotonicCalibration.LeastOutcomes; i++)
        {
            Assert.Equal(double.NaN, signal.WinProbability);
            signal = analyzer.OnCandle(i % 4 == 2 ? Build.Bar(i, 100, Math.Max(high, 100), Math.Min(low, 100), 100) : Build.Bar(i, 100, 100, 100, 100));
        }

        Assert.Equal(Direction.Long, signal.Direction);
        Assert.Equal(expected, signal.WinProbability);
    }

    [Theory]
    [InlineData(109, 0.95)]
    [InlineData(101, 0.55)]
    [InlineData(100, 0.5)]
    [InlineData(91, 0.05)]
    public void A_trial_that_the_strategy_ends_is_the_part_of_a_win_that_the_next_open_is_on_the_way_to_its_target(double exit, double expected)
    {
        var analyzer = Build.Analyzer(new EveryFourthBar(leaves: true));
        var signal = Signal.Hold;
        for (var i = 0; i <= 4 * IsotonicCalibration.LeastOutcomes; i++)
            signal = analyzer.OnCandle(i % 4 == 3 ? Build.Bar(i, exit, Math.Max(exit, 102), Math.Min(exit, 98), 100) : Build.Bar(i, 100, 100, 100, 100));
        Assert.Equal(expected, signal.WinProbability, 12);
    }

    [Fact]
    public void Without_a_target_the_way_ends_as_far_above_the_entry_as_the_stop_lies_below()
    {
        var analyzer = Build.Analyzer(new EveryFourthBar(leaves: true, hasTarget: false));
        var signal = Signal.Hold;
        for (var i = 0; i <= 8 * IsotonicCalibration.LeastOutcomes; i++)
            signal = analyzer.OnCandle(i % 4 == 3 ? Build.Bar(i, i % 8 == 3 ? 150 : 95, 150, 94, 100) : Build.Bar(i, 100, 100, 100, 100));
        // Half of them ended at 150, far above 110, and half at 95, a quarter of the way up from 90.
        Assert.Equal((1 + 0.25) / 2, signal.WinProbability, 12);
    }

    [Fact]
    public void Strategies_without_protection_and_other_signals_have_no_probability()
    {
        var bars = Build.Walk(5_000, seed: 3);
        var signals = new Signal[bars.Length];
        Build.Analyzer(StrategyCatalog.Create("sma-cross")).OnCandles(new BarColumns().Of(bars), signals);
        Assert.All(signals, signal => Assert.Equal(double.NaN, signal.WinProbability));
        Build.Analyzer(StrategyCatalog.Create("trend")).OnCandles(new BarColumns().Of(bars), signals);
        Assert.All(signals.Where(signal => signal.Direction != Direction.Long), signal => Assert.Equal(double.NaN, signal.WinProbability));
    }

    /// <summary>Enters with every fourth bar, and leaves two bars later if it leaves at all.</summary>
    private sealed class EveryFourthBar(bool leaves, bool hasTarget = true) : BarStrategy
    {
        private int _bars;

        public override string Name => "every-fourth-bar";

        public override void Visit(StateVisitor state) => state.Visit(ref _bars);

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => (_bars++ % 4) switch
        {
            0 => new Signal(Direction.Long, 0.9, candle.Close - 10, hasTarget ? candle.Close + 10 : double.NaN),
            2 when leaves => Signal.Flat(1),
            _ => Signal.Hold,
        };
    }
}
