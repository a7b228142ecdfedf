using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies.Exits;

/// <summary>Bars that close at 100 and go from 98 to 102, so that their average true range is 4; one goes down to 95.</summary>
public class LevelPlacementTests
{
    private const int DeepBar = 10;
    private const int Bars = 30;

    [Theory]
    [InlineData(StopRule.Strategy, 97)]
    [InlineData(StopRule.Percent, 96)]
    // 100 less 2.5 times 4.
    [InlineData(StopRule.Atr, 90)]
    // 102 less 2.5 times 4.
    [InlineData(StopRule.Chandelier, 92)]
    // 95 less half of 4.
    [InlineData(StopRule.Structure, 93)]
    public void A_stop_lies_where_its_rule_puts_it(StopRule rule, double expected)
    {
        // In the end the deep bar, whose range is 7, has lost its weight: the average is over two bars.
        var signal = Last(new ExitRules { Stop = rule, StopShare = 0.04, AtrPeriod = 2, ChandelierPeriod = 3 });
        Assert.Equal(expected, signal.Stop, 3);
        Assert.Equal(110, signal.Target);
        Assert.True(double.IsNaN(signal.Trail));
    }

    [Theory]
    [InlineData(TargetRule.Strategy, 110)]
    [InlineData(TargetRule.Risk, 106)]
    [InlineData(TargetRule.None, double.NaN)]
    public void A_target_lies_where_its_rule_puts_it(TargetRule rule, double expected) =>
        Assert.Equal(expected, Last(new ExitRules { Target = rule, TargetInRisks = 2 }).Target);

    [Theory]
    [InlineData(StopRule.Percent, 95)]
    [InlineData(StopRule.Atr, 88)]
    [InlineData(StopRule.Chandelier, 90)]
    [InlineData(StopRule.Structure, 93)]
    public void Every_bar_tells_where_a_stop_would_follow(StopRule rule, double expected)
    {
        var rules = new ExitRules { Trail = rule, AtrPeriod = 2, ChandelierPeriod = 3 };
        Assert.Equal((97, expected), (Last(rules).Stop, Math.Round(Last(rules).Trail, 3)));
        Assert.Equal(expected, Last(rules, Direction.Hold).Trail, 3);
    }

    [Fact]
    public void An_entry_whose_stop_is_not_known_yet_is_none()
    {
        var signals = Signals(new ExitRules { Stop = StopRule.Chandelier, ChandelierPeriod = 22 }, Direction.Long);
        Assert.Equal(Enumerable.Repeat(Direction.Hold, 21).Concat(Enumerable.Repeat(Direction.Long, Bars - 21)), signals.Select(signal => signal.Direction));
    }

    [Fact]
    public void A_strategy_that_has_no_stop_by_design_is_left_alone()
    {
        var analyzer = new SymbolAnalyzer(new SmaCrossStrategy(2, 3), exits: new ExitRules { Stop = StopRule.Percent, Trail = StopRule.Percent });
        foreach (var bar in Build.Walk(200, seed: 1))
        {
            var signal = analyzer.OnCandle(in bar);
            Assert.True(double.IsNaN(signal.Stop) && double.IsNaN(signal.Trail));
        }
    }

    [Fact]
    public void Bars_taken_together_are_placed_as_those_taken_one_by_one()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var rules = RandomExits.Of(new Random(seed));
            var bars = Build.Walk(300, seed);
            var together = new Signal[bars.Length];
            new SymbolAnalyzer(StrategyCatalog.Create("trend"), exits: rules).OnCandles(new BarColumns().Of(bars), together);
            var single = new SymbolAnalyzer(StrategyCatalog.Create("trend"), exits: rules);
            Assert.Equal(together, bars.Select(bar => single.OnCandle(in bar)));
        }
    }

    [Theory]
    [InlineData("1:0.5,2:0.25", null)]
    [InlineData("", null)]
    [InlineData("2:0.5,1:0.25", "must be above 0 and rise")]
    [InlineData("0:0.5", "must be above 0 and rise")]
    [InlineData("1:0.5,2:0.5", "less than 1 together")]
    [InlineData("1:0.0", "shares must be above 0")]
    public void Parts_rise_and_leave_something(string partials, string? problem)
    {
        var rules = new ExitRules { Partials = partials };
        if (problem is null) Assert.Null(rules.Problem);
        else Assert.Contains(problem, rules.Problem, StringComparison.Ordinal);
    }

    private static Signal Last(ExitRules rules, Direction direction = Direction.Long) => Signals(rules, direction)[^1];

    private static Signal[] Signals(ExitRules rules, Direction direction)
    {
        var analyzer = new SymbolAnalyzer(new Steady(direction), exits: rules);
        return [.. Enumerable.Range(0, Bars).Select(n => analyzer.OnCandle(Build.Bar(n, 100, 102, n == DeepBar ? 95 : 98, 100)))];
    }

    /// <summary>Says the same at each bar, with a stop at 97 and a target at 110.</summary>
    private sealed class Steady(Direction direction) : BarStrategy
    {
        public override string Name => "steady";

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => direction == Direction.Long ? new Signal(direction, 1, 97, 110) : Signal.Hold;
    }
}
