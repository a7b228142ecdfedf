using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class SyntheticFeedTests
{
    private static readonly string[] Names = ["SOLUSDT", "BTCUSDT", "ETHUSDT"];

    [Fact]
    public async Task All_symbols_close_together_in_ordinal_order_and_without_end()
    {
        var feed = new SyntheticFeed(1, Interval.OneMinute, Names);
        var time = DateTime.MinValue;
        for (var i = 1; i <= 600; i++)
        {
            var step = await feed.NextAsync(time, TestContext.Current.CancellationToken);

            Assert.Equal(SyntheticMarket.Epoch.AddMinutes(i), step!.Time);
            Assert.Equal("BTCUSDT ETHUSDT SOLUSDT", string.Join(' ', step.Bars.Select(bar => bar.Symbol)));
            Assert.All(step.Bars, bar => Assert.Equal(step.Time, Interval.OneMinute.CloseOf(bar.Candle.OpenTime)));
            time = step.Time;
        }

        Assert.False(feed.HasEnded(DateTime.MaxValue));
    }

    [Fact]
    public async Task History_of_a_restarted_feed_is_what_the_steps_were()
    {
        var feed = new SyntheticFeed(9, Interval.OneHour, Names);
        var seen = new List<Candle>();
        var time = SyntheticMarket.Epoch.AddDays(20);
        for (var i = 0; i < 700; i++)
        {
            var step = (await feed.NextAsync(time, TestContext.Current.CancellationToken))!;
            seen.Add(step.Bars[2].Candle);
            time = step.Time;
        }

        var restarted = new SyntheticFeed(9, Interval.OneHour, Names);

        Assert.Equal(seen, await restarted.HistoryAsync("SOLUSDT", SyntheticMarket.Epoch.AddDays(20), time, int.MaxValue, TestContext.Current.CancellationToken));
        Assert.Equal(feed.Description, restarted.Description);
    }

    [Fact]
    public async Task History_before_the_market_began_is_empty()
    {
        var feed = new SyntheticFeed(9, Interval.OneHour, Names);

        Assert.Empty(await feed.HistoryAsync("BTCUSDT", DateTime.MinValue, SyntheticMarket.Epoch, int.MaxValue, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<MarketFeedException>(async () => await feed.HistoryAsync("XRPUSDT", DateTime.MinValue, DateTime.MaxValue, int.MaxValue, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Another_seed_or_interval_is_another_market_and_more_symbols_are_not()
    {
        Assert.Equal("synthetic 1h seed 9", new SyntheticFeed(9, Interval.OneHour, Names).Identity);
        Assert.Equal("synthetic 1h seed 9", new SyntheticFeed(9, Interval.OneHour, ["BTCUSDT"]).Identity);
        Assert.Equal("synthetic 1m seed 8", new SyntheticFeed(8, Interval.OneMinute, Names).Identity);
    }

    [Fact]
    public void The_description_says_that_the_prices_are_invented() =>
        Assert.Equal("synthetic market with invented prices: 3 symbols, 1h, seed 9", new SyntheticFeed(9, Interval.OneHour, Names).Description);
}
