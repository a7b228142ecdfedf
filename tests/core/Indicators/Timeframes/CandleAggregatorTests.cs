using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators.Timeframes;

public class CandleAggregatorTests
{
    private static readonly DateTime Monday = new(2023, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_longer_bar_is_seen_with_the_last_of_its_bars()
    {
        var aggregator = new CandleAggregator(Interval.OneHour, Interval.Parse("4h"));
        var seen = new List<(int Hour, Candle Bar)>();
        for (var hour = 0; hour < 8; hour++)
        {
            aggregator.Update(new Candle(Monday.AddHours(hour), 10 + hour, 20 + hour, 5 - (hour * 0.1), 11 + hour, 100));
            foreach (var bar in aggregator.Closed) seen.Add((hour, bar));
        }

        Assert.Equal([(3, new Candle(Monday, 10, 23, 4.7, 14, 400)), (7, new Candle(Monday.AddHours(4), 14, 27, 4.3, 18, 400))], seen);
    }

    [Fact]
    public void Where_the_last_bar_is_missing_the_longer_one_is_seen_with_the_next()
    {
        // Hours 3 and 4 are missing: hour 5 shows the bar of hours 0 to 2, and the bar of hours 5 to 7 comes with hour 7.
        Assert.Equal([(5, 0, 3), (7, 4, 3)], Seen([0, 1, 2, 5, 6, 7], "4h"));
    }

    [Fact]
    public void After_a_gap_two_longer_bars_may_be_seen_at_once() => Assert.Equal([(7, 0, 2), (7, 4, 1)], Seen([0, 1, 7], "4h"));

    [Fact]
    public void A_longer_bar_whose_beginning_was_not_seen_is_left_out() => Assert.Equal([(7, 4, 4)], Seen([1, 2, 3, 4, 5, 6, 7], "4h"));

    [Fact]
    public void An_interval_of_its_own_length_gives_the_bars_as_they_are() => Assert.Equal([(1, 1, 1), (2, 2, 1), (5, 5, 1)], Seen([1, 2, 5], "1h"));

    [Fact]
    public void Weeks_begin_on_Mondays_and_days_at_midnight()
    {
        Assert.Equal(Monday, Interval.Parse("1w").StartOf(Monday.AddDays(6.9)));
        Assert.Equal(Monday.AddDays(7), Interval.Parse("1w").StartOf(Monday.AddDays(7)));
        // A week that Binance's documentation shows.
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_499_040_000_000), Interval.Parse("1w").StartOf(new DateTime(2017, 7, 5, 12, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(Monday.AddDays(1), Interval.Parse("1d").StartOf(Monday.AddDays(1.5)));
        Assert.Equal(DateTime.UnixEpoch.AddDays(-3), Interval.Parse("1w").StartOf(DateTime.UnixEpoch));
    }

    [Theory]
    [InlineData("1h", "1h", true)]
    [InlineData("1m", "1w", true)]
    [InlineData("7m", "1h", false)]
    [InlineData("4h", "1h", false)]
    [InlineData("1d", "2w", true)]
    [InlineData("1w", "4w", true)]
    // Three weeks hold seven times three days, but begin on another day than they.
    [InlineData("3d", "3w", false)]
    public void Longer_bars_consist_of_whole_shorter_ones(string shorter, string longer, bool divides)
    {
        Assert.Equal(divides, Interval.Parse(shorter).Divides(Interval.Parse(longer)));
        if (!divides) Assert.Throws<ArgumentException>(() => new CandleAggregator(Interval.Parse(shorter), Interval.Parse(longer)));
    }

    [Fact]
    public void A_bar_that_does_not_follow_the_last_one_is_refused()
    {
        var aggregator = new CandleAggregator(Interval.OneHour, Interval.Parse("4h"));
        aggregator.Update(Build.Bar(5, 1, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => aggregator.Update(Build.Bar(5, 1, 1, 1, 1)));
        Assert.Throws<ArgumentException>(() => aggregator.Update(Build.Bar(4, 1, 1, 1, 1)));
    }

    [Theory]
    [InlineData("1h", "2h")]
    [InlineData("1h", "4h")]
    [InlineData("1h", "1d")]
    [InlineData("1h", "3d")]
    [InlineData("1h", "1w")]
    [InlineData("1h", "7h")]
    public void Longer_bars_are_those_of_all_their_bars_and_no_later_one(string shorterText, string longerText)
    {
        var (shorter, longer) = (Interval.Parse(shorterText), Interval.Parse(longerText));
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            // Bars are missing one by one and, now and then, for days.
            var gap = 0;
            var bars = Build.Walk(2_000, seed).Where(_ => (gap = gap > 0 ? gap - 1 : random.Next(200) == 0 ? random.Next(100) : random.Next(12) == 0 ? 1 : 0) == 0).ToArray();
            // All the bars of a longer bar that has closed have closed too, so it is the same whatever comes later.
            var expected = bars.GroupBy(bar => longer.StartOf(bar.OpenTime)).Skip(longer.StartOf(bars[0].OpenTime) == bars[0].OpenTime ? 0 : 1).Select(Whole).ToArray();
            var aggregator = new CandleAggregator(shorter, longer);
            var next = 0;
            foreach (var bar in bars)
            {
                aggregator.Update(in bar);
                var now = shorter.CloseOf(bar.OpenTime);
                var first = next;
                while (next < expected.Length && longer.CloseOf(expected[next].OpenTime) <= now) next++;
                Assert.Equal(expected[first..next], aggregator.Closed.ToArray());
            }
        }
    }

    private static Candle Whole(IGrouping<DateTime, Candle> bars) =>
        new(bars.Key, bars.First().Open, bars.Max(bar => bar.High), bars.Min(bar => bar.Low), bars.Last().Close, bars.Aggregate(0.0, (sum, bar) => sum + bar.Volume));

    // The hour with which each longer bar is seen, the hour at which it opened, and how many bars it has.
    private static List<(int Seen, int Opened, double Bars)> Seen(int[] hours, string longer)
    {
        var aggregator = new CandleAggregator(Interval.OneHour, Interval.Parse(longer));
        var seen = new List<(int Seen, int Opened, double Bars)>();
        foreach (var hour in hours)
        {
            aggregator.Update(new Candle(Monday.AddHours(hour), 1, 1, 1, 1, 1));
            foreach (var bar in aggregator.Closed) seen.Add((hour, (int)(bar.OpenTime - Monday).TotalHours, bar.Volume));
        }

        return seen;
    }
}
