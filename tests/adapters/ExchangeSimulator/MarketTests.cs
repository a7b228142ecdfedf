using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

public class MarketTests
{
    private static readonly Candle Bar = new(BarFeed.Start, 100, 104, 97, 102, 3.1);

    [Theory]
    [InlineData(BarPath.LowFirst, 97, 104)]
    [InlineData(BarPath.HighFirst, 104, 97)]
    [InlineData(BarPath.ByClose, 97, 104)]
    public void A_bar_is_walked_from_open_by_both_extremes_to_close_and_its_volume_is_spent(BarPath path, int first, int second)
    {
        var ticks = new BarWalk(new MarketOptions { Path = path }, Interval.OneMinute).Ticks(BarFeed.Bitcoin, Bar, Bar.OpenTime, previous: 0);

        Assert.Equal(31, ticks.Length);
        Assert.Equal([100m, first, second, 102m], [ticks[0].Price, ticks[10].Price, ticks[20].Price, ticks[30].Price]);
        Assert.Equal(3.1m, ticks.Sum(tick => tick.Quantity));
        Assert.Equal(Bar.OpenTime, ticks[0].Time);
        Assert.Equal(Bar.OpenTime.AddMilliseconds(59_999), ticks[30].Time);
    }

    [Fact]
    public void A_recorded_market_is_played_whole_weeks_later_so_that_days_begin_at_midnight()
    {
        var later = BarFeed.Start.AddDays(100).AddHours(3);

        // 100 days and 3 hours are 14 weeks and a little more than 3,000 bars.
        Assert.Equal(TimeSpan.FromDays(98), new MarketTape(BarFeed.Of([.. Enumerable.Repeat(100, 4_000)]), new MarketOptions { HistoryBars = 0 }, later).Shift);
        // One that would have ended by then begins now, and so does one that is shorter than its history.
        Assert.Equal(TimeSpan.FromDays(100) + TimeSpan.FromHours(3), new MarketTape(BarFeed.Of(100, 101), new MarketOptions { HistoryBars = 0 }, later.AddSeconds(30)).Shift);
        Assert.Equal(TimeSpan.FromDays(100) + TimeSpan.FromHours(3), new MarketTape(BarFeed.Of(100, 101), new MarketOptions(), later).Shift);
    }

    [Fact]
    public void Candles_of_any_length_come_of_the_bars_of_the_market()
    {
        var history = new KlineHistory(Interval.OneMinute);
        var walk = new BarWalk(new MarketOptions(), Interval.OneMinute);
        var id = 0L;
        for (var minute = 0; minute < 10; minute++)
        {
            var opens = BarFeed.Start.AddMinutes(minute);
            var bar = new Candle(opens, 100 + minute, 105 + minute, 95 + minute, 101 + minute, 31);
            foreach (var tick in walk.Ticks(BarFeed.Bitcoin, bar, opens, 0))
                history.Add(in tick, new MarketTrade(++id, tick.Price, tick.Quantity, tick.Time, tick.IsBuyerMaker));
        }

        var fives = history.Read(KlineInterval.Find("5m")!, TimeSpan.Zero, DateTime.UnixEpoch, BarFeed.Start.AddDays(1), 500, newest: true);
        Assert.Equal(2, fives.Count);
        Assert.Equal((100m, 109m, 95m, 105m, 155m), (fives[0].Open, fives[0].High, fives[0].Low, fives[0].Close, fives[0].Volume));
        Assert.Equal((1, 155, 155), (fives[0].FirstTradeId, fives[0].LastTradeId, fives[0].Trades));

        var seconds = history.Read(KlineInterval.Find("1s")!, TimeSpan.Zero, BarFeed.Start, BarFeed.Start.AddMinutes(1).AddTicks(-1), 1000, newest: false);
        Assert.Equal(60, seconds.Count);
        Assert.Equal(31, seconds.Sum(kline => kline.Volume));
        // Every second without a trade stands at the price before it.
        Assert.All(seconds.Where(kline => kline.Trades == 0), kline => Assert.Equal((kline.Open, -1L), (kline.Close, kline.LastTradeId)));
    }

    [Fact]
    public void Weeks_begin_on_Mondays_and_months_on_their_first_day()
    {
        // Source: the contract's table of public facts; 3 July 2017 is a Monday.
        var monday = DateTime.UnixEpoch.AddMilliseconds(1499040000000);
        var week = KlineInterval.Find("1w")!;

        Assert.Equal(monday, week.StartOf(monday.AddDays(6), TimeSpan.Zero));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1499644800000), week.EndOf(monday, TimeSpan.Zero));
        Assert.Equal(new DateTime(2024, 2, 1, 0, 0, 0, DateTimeKind.Utc), KlineInterval.Find("1M")!.StartOf(new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc), TimeSpan.Zero));
        Assert.Null(KlineInterval.Find("1H"));
    }

    [Fact]
    public void Time_that_runs_faster_keeps_its_timers_faster_too()
    {
        var inner = new ManualTime(BarFeed.Start);
        var time = new ScaledTimeProvider(inner, new DateTimeOffset(BarFeed.Start.AddYears(1)), speed: 60);

        inner.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal(BarFeed.Start.AddYears(1).AddMinutes(2), time.GetUtcNow().UtcDateTime);
        Assert.Equal(TimeSpan.FromMinutes(2), time.GetElapsedTime(0));
        Assert.Equal(TimeSpan.FromSeconds(1), time.Behind(TimeSpan.FromMinutes(1)));
        Assert.Equal(Timeout.InfiniteTimeSpan, time.Behind(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Time_of_the_same_moment_and_speed_is_the_same_after_a_restart_and_in_another_process()
    {
        var since = new DateTimeOffset(BarFeed.Start);
        var inner = new ManualTime(BarFeed.Start);
        var first = ScaledTimeProvider.Since(inner, since, speed: 60);
        inner.Pass(TimeSpan.FromSeconds(2));
        var second = ScaledTimeProvider.Since(inner, since, speed: 60);
        Assert.Equal(BarFeed.Start.AddMinutes(2), second.GetUtcNow().UtcDateTime);
        inner.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((BarFeed.Start.AddMinutes(3), first.GetUtcNow()), (second.GetUtcNow().UtcDateTime, second.GetUtcNow()));
    }
}
