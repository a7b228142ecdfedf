using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Tests.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.Adapters.Tests.Binance.Limits;

/// <summary>No storm of the client exceeds a limit of the exchange by one, and who leaves a position goes before who opens one.</summary>
public class ExchangeStormTests
{
    private const int Speed = 60;
    private const int Minute = 60;

    private static readonly string[] Symbols = ["ADAUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Six_minutes_of_storm_are_never_refused_though_all_limits_are_small()
    {
        var clock = new ScaledTimeProvider(TimeProvider.System, TimeProvider.System.GetUtcNow(), Speed);
        await using var storm = await ExchangeStorm.BeginAsync(
            clock, limits => (limits.RequestWeight, limits.OrdersPer10Seconds, limits.OrdersPerDay, limits.RawRequests, limits.Connections) = (200, 8, 90, 400, 10), Symbols);
        await using var streams = new MarketStreams(new Heard(), storm.Binance, new StreamOptions { MostStreams = 2, SilentSeconds = 3_600 }, storm.Gate, clock, new WarningLog<MarketStreams>());
        streams.Subscribe(Symbols.SelectMany(symbol => new[] { StreamName.BookTop(symbol), StreamName.AggregateTrade(symbol), StreamName.MiniTicker(symbol) }));
        var random = new Random(3);
        await StormAsync(clock, TimeSpan.FromMinutes(6), second =>
        {
            var symbol = Symbols[random.Next(Symbols.Length)];
            for (var count = random.Next(4); count > 0 && storm.Gate.Waiting < 300; count--) storm.Look(symbol);
            if (storm.Gate.Waiting < 300) storm.Place("BTCUSDT", RequestRank.Entry);
            if (random.Next(10) == 0) storm.Place("BTCUSDT", RequestRank.Exit);
            if (random.Next(4) == 0) storm.Find(symbol);
            if (random.Next(60) == 0) storm.Place("BTCUSDT", RequestRank.Kill);
            if (second % 90 == 89) storm.Server.Exchange.Disconnect();
        });

        var waiting = storm.Gate.Waiting;
        await storm.SettleAsync();
        Judge(storm);
        // Or the storm was none.
        Assert.InRange(storm.HeaviestMinute, 110, 200);
        Assert.True(waiting > 50, $"Only {waiting} had to wait.");
        Assert.Contains(storm.All, asked => asked is { IsOrder: true, Rank: RequestRank.Entry, Answered.IsCompletedSuccessfully: true });
        // Nobody in front of the others waits long.
        Assert.True(storm.All.Count(asked => asked.Rank == RequestRank.Kill && !asked.Answered.IsCompleted) <= 1, "The kill switch had to wait.");
    }

    [Fact]
    public async Task Another_client_of_the_same_address_that_eats_half_of_the_budget_is_left_room_for()
    {
        var clock = new ManualClock();
        await using var storm = await ExchangeStorm.BeginAsync(clock, limits => limits.RequestWeight = 600, Symbols);
        using var stranger = new HttpClient { BaseAddress = storm.Server.Address };
        for (var second = 0; second < 4 * Minute; second++)
        {
            // 5 a second is half of 600 a minute.
            using var answer = await stranger.GetAsync("/api/v3/depth?symbol=BTCUSDT", Ending);
            Assert.True(answer.IsSuccessStatusCode, $"The other client was refused: {(int)answer.StatusCode}.");
            // Nobody leaves room for somebody who was not there yet: what one may use oneself and what he takes at once would be too much.
            for (var count = 0; second >= Minute && count < 3 && storm.Gate.Waiting < 100; count++) storm.Look("ETHUSDT");
            // Looks keep below 60 % of what the exchange has counted for both; exits may go on to 95 %, beyond which nobody could leave room.
            if (second % 5 == 0) storm.Find("BTCUSDT");
            await storm.SettleAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await storm.SettleAsync();
        Judge(storm);
        Assert.InRange(storm.HeaviestMinute, 300, 600);
        Assert.DoesNotContain(storm.All, asked => asked.Rank == RequestRank.Exit && !asked.Answered.IsCompleted);
        Assert.True(storm.Gate.Waiting > 50, $"Only {storm.Gate.Waiting} had to wait.");
    }

    [Fact]
    public async Task Kills_pass_before_exits_and_exits_before_entries_and_looks()
    {
        var clock = new ManualClock();
        await using var storm = await ExchangeStorm.BeginAsync(clock, limits => (limits.RequestWeight, limits.OrdersPer10Seconds) = (100, 20), "BTCUSDT");
        for (var i = 0; i < 40; i++) storm.Place("BTCUSDT", RequestRank.Entry);
        for (var i = 0; i < 20; i++) storm.Look("BTCUSDT");
        await storm.SettleAsync();
        var behind = storm.All.Where(asked => !asked.Answered.IsCompleted).ToArray();
        for (var i = 0; i < 30; i++) storm.Place("BTCUSDT", RequestRank.Exit);
        for (var i = 0; i < 30; i++) storm.Find("BTCUSDT");
        await storm.SettleAsync();
        var exits = storm.All.Where(asked => asked.Rank == RequestRank.Exit && !asked.Answered.IsCompleted).ToArray();
        for (var i = 0; i < 5; i++) storm.Place("BTCUSDT", RequestRank.Kill);
        var kills = storm.All.Where(asked => asked.Rank == RequestRank.Kill).ToArray();
        await storm.SettleAsync();
        Assert.True(behind.Length > 20 && exits.Length > 20, $"{behind.Length} entries and looks, and {exits.Length} exits had to wait.");

        while (storm.Gate.Waiting > 0 && clock.Elapsed < TimeSpan.FromMinutes(10))
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await storm.SettleAsync();
        }

        Judge(storm);
        Assert.All(storm.All, asked => Assert.True(asked.Answered.IsCompletedSuccessfully, $"{asked.Rank} was never sent."));
        // Of orders, and of weights.
        foreach (var isOrder in new[] { true, false })
        {
            var lastExit = exits.Where(asked => asked.IsOrder == isOrder).Max(At);
            Assert.All(behind.Where(asked => asked.IsOrder == isOrder), asked => Assert.True(At(asked) >= lastExit, $"A request of rank {asked.Rank} passed before an exit."));
            Assert.True(behind.Where(asked => asked.IsOrder == isOrder).Max(At) > lastExit, "Nobody had to wait for the exits.");
        }

        Assert.True(kills.Max(At) < exits.Where(asked => asked.IsOrder).Max(At), "An exit passed before the kill switch.");

        static DateTimeOffset At(ExchangeStorm.Asked asked) => asked.Answered.Result.At;
    }

    [Fact]
    public async Task A_thousand_streams_and_more_are_joined_at_the_pace_of_the_exchange_on_as_few_connections_as_they_need()
    {
        Interval[] intervals = [.. ((string[])["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"]).Select(text => Interval.TryParse(text, out var interval) ? interval : default)];
        string[] symbols = [.. Enumerable.Range(0, 92).Select(number => $"COIN{number}USDT")];
        await using var storm = await ExchangeStorm.BeginAsync(TimeProvider.System, _ => { }, symbols);
        await using var streams = new MarketStreams(new Heard(), storm.Binance, new StreamOptions(), storm.Gate, TimeProvider.System, new WarningLog<MarketStreams>());
        // One by one and back again, so that there is much to say.
        foreach (var symbol in symbols)
        {
            foreach (var interval in intervals) streams.Subscribe(StreamName.Kline(symbol, interval));
            streams.Subscribe(StreamName.Depth(symbol));
            streams.Unsubscribe(StreamName.Depth(symbol));
            await Task.Yield();
        }

        await ExchangeStorm.UntilAsync(() => Joined(storm).Sum() == symbols.Length * intervals.Length);
        Assert.Equal([104, 1_000], Joined(storm).Order());
        Assert.Equal(0, storm.Excesses);
    }

    private static int[] Joined(ExchangeStorm storm) => storm.Server.Exchange.Do(() => storm.Server.Exchange.Hub.Sessions.OfType<StreamSession>().Select(session => session.Names.Count).ToArray());

    /// <summary>Does something once in a second of the exchange.</summary>
    private static async Task StormAsync(TimeProvider clock, TimeSpan length, Action<int> ask)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var second = 0; second < length.TotalSeconds && await timer.WaitForNextTickAsync(Ending); second++) ask(second);
    }

    private static void Judge(ExchangeStorm storm)
    {
        Assert.Equal(0, storm.Excesses);
        Assert.Null(storm.Gate.Standstill);
        Assert.DoesNotContain(
            storm.All.Where(asked => asked.Answered.IsCompletedSuccessfully).Select(asked => asked.Answered.Result.Error),
            error => error is { Kind: BinanceErrorKind.TooManyRequests or BinanceErrorKind.TooManyOrders or BinanceErrorKind.Banned });
    }
}
