using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators.Timeframes;

/// <summary>An indicator of longer bars shows what the same indicator shows that was fed with these bars alone.</summary>
public class LongerBarsTests
{
    private static readonly Interval FourHours = Interval.Parse("4h");
    private static readonly Candle[] Bars = Build.Walk(600, seed: 5);

    [Fact]
    public void It_shows_the_figure_of_the_latest_longer_bar_that_has_closed()
    {
        var longer = new LongerBars(Interval.OneHour, FourHours, new Ema(10));
        var alone = new Ema(10);
        var aggregator = new CandleAggregator(Interval.OneHour, FourHours);
        foreach (var bar in Bars)
        {
            longer.Update(in bar);
            aggregator.Update(in bar);
            foreach (ref readonly var closed in aggregator.Closed) alone.Update(in closed);
            if (longer.IsReady) Assert.Equal(alone.Value, longer.Value);
        }

        Assert.True(longer.IsReady);
    }

    [Fact]
    public void It_has_every_output_of_the_indicator()
    {
        var longer = new LongerBars(Interval.OneHour, FourHours, new Bollinger());
        longer.Update(Bars);
        Assert.Equal(new Bollinger().Outputs.Select(output => output.Name), longer.Outputs.Select(output => output.Name), StringComparer.Ordinal);
        Assert.All(longer.Outputs, output => Assert.False(double.IsNaN(output.Value), output.Name));
    }

    [Fact]
    public void Bars_in_blocks_and_a_restored_state_give_the_same()
    {
        var singly = new LongerBars(Interval.OneHour, FourHours, new Bollinger());
        var inBlocks = new LongerBars(Interval.OneHour, FourHours, new Bollinger());
        inBlocks.Update(Bars.AsSpan(0, 333));
        foreach (var bar in Bars.AsSpan(0, 333)) singly.Update(in bar);
        var restored = new LongerBars(Interval.OneHour, FourHours, new Bollinger());
        restored.Restore(singly.Save());
        for (var i = 333; i < Bars.Length; i++)
        {
            foreach (var each in (LongerBars[])[singly, inBlocks, restored]) each.Update(in Bars[i]);
            Assert.Equal(singly.Outputs.Select(output => output.Value), inBlocks.Outputs.Select(output => output.Value));
            Assert.Equal(singly.Outputs.Select(output => output.Value), restored.Outputs.Select(output => output.Value));
        }
    }

    [Fact]
    public void Whoever_asks_for_the_same_gets_the_same()
    {
        var indicators = new IndicatorSet(Interval.OneHour);
        var daily = indicators.Longer(Interval.Parse("1d"), $"EMA_{20}", () => new Ema(20));
        Assert.Same(daily, indicators.Longer(Interval.Parse("1d"), $"EMA_{20}", () => new Ema(20)));
        Assert.NotSame(daily, indicators.Longer(FourHours, $"EMA_{20}", () => new Ema(20)));
        Assert.Throws<ArgumentException>(() => indicators.Longer(Interval.Parse("90m"), $"EMA_{20}", () => new Ema(20)));
    }
}
