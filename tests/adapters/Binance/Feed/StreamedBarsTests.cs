using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Adapters.Tests.Binance.Streams;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Feed;

/// <summary>Whatever becomes of the messages of a stream, the bars are those of the answers: messages by hand, answers over a real socket.</summary>
public sealed class StreamedBarsTests : IAsyncLifetime
{
    private static readonly string[] Names = ["BTCUSDT", "ETHUSDT"];
    private static readonly DateTime Start = new(2026, 2, 20, 12, 30, 10, DateTimeKind.Utc);

    private readonly ManualClock _clock = new() { Origin = new DateTimeOffset(Start) };
    private readonly WarningLog<BinanceFeed> _log = new();
    private readonly BarServer _bars;
    private CallsServer _server = null!;
    private BinanceFeed _feed = null!;
    private MarketMessageReader _reader = null!;

    public StreamedBarsTests() => _bars = new BarServer(_clock, Interval.OneMinute) { Settling = TimeSpan.FromSeconds(0.9) };

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    public async ValueTask InitializeAsync()
    {
        _server = await CallsServer.StartAsync(_clock);
        _bars.Serve(_server);
        await BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_bar_that_its_stream_closes_is_a_step_before_anybody_could_ask_for_it()
    {
        // The history is asked for once.
        var time = (await ToAsync(At(31).AddSeconds(2)))[^1].Time;
        Assert.Equal(100, (await _feed.HistoryAsync("BTCUSDT", default, time, 100, Ending)).Count);
        var asked = Asked;
        for (var minute = 31; minute < 40; minute++)
        {
            MoveTo(At(minute + 1).AddMilliseconds(20));
            Bring("BTCUSDT", At(minute));
            Assert.Null(await _feed.NextAsync(time, Ending));
            Bring("ETHUSDT", At(minute));
            var step = await _feed.NextAsync(time, Ending);
            Assert.Equal(At(minute + 1), step!.Time);
            Assert.All(step.Bars, bar => Assert.Equal(_bars.BarAt(At(minute)), bar.Candle));
            Assert.Null(await _feed.NextAsync(step.Time, Ending));
            time = step.Time;
        }

        Assert.InRange(asked, 2, 6);
        Assert.Equal(asked, Asked);
    }

    [Fact]
    public async Task A_history_that_is_asked_for_right_after_a_step_has_the_bar_of_the_step_in_it_and_none_that_was_not_settled()
    {
        await ToAsync(At(31).AddSeconds(2));
        MoveTo(At(32).AddMilliseconds(20));
        foreach (var name in Names) Bring(name, At(31));
        var step = await _feed.NextAsync(At(31), Ending);
        var history = await _feed.HistoryAsync("BTCUSDT", default, step!.Time, 5_000, Ending);
        Assert.Equal(_bars.BarAt(At(31)), history[^1]);
        Assert.Equal(2_000, history.Count);
        Assert.Equal(history.Select(bar => _bars.BarAt(bar.OpenTime)), history);
    }

    [Fact]
    public async Task A_bar_that_comes_before_the_one_that_has_to_be_asked_for_is_not_late_itself()
    {
        await ToAsync(At(31).AddSeconds(2));
        MoveTo(At(33).AddMilliseconds(20));
        foreach (var name in Names) Bring(name, At(32));
        Assert.Equal(At(32), (await _feed.NextAsync(At(31), Ending))!.Time);
        Assert.Equal(At(33), (await _feed.NextAsync(At(32), Ending))!.Time);
    }

    [Fact]
    public async Task A_long_history_is_shown_whole()
    {
        await BeginAsync(new BinanceFeedOptions { HistoryBars = 12_000 });
        var step = Assert.Single(await ToAsync(At(31).AddSeconds(2)));
        var history = await _feed.HistoryAsync("BTCUSDT", default, step.Time, int.MaxValue, Ending);
        Assert.Equal((12_000, step.Time.AddMinutes(-1)), (history.Count, history[^1].OpenTime));
    }

    [Fact]
    public async Task Without_answers_the_streams_alone_go_on()
    {
        await ToAsync(At(31).AddSeconds(2));
        _bars.IsAway = true;
        for (var minute = 31; minute < 36; minute++)
        {
            MoveTo(At(minute + 1).AddSeconds(3));
            foreach (var name in Names) Bring(name, At(minute));
            Assert.Equal(At(minute + 1), (await _feed.NextAsync(At(minute), Ending))!.Time);
        }

        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_streams_lose_double_delay_or_reorder_each_bar_comes_once_in_order_and_as_an_answer_has_it(int run)
    {
        var quick = 0;
        for (var seed = run * 10; seed < (run * 10) + 10; seed++)
        {
            await BeginAsync();
            var random = new Random(seed);
            var (lost, doubled, late, away) = (random.NextDouble() * 0.5, random.NextDouble() * 0.5, random.NextDouble() * 0.5, random.NextDouble() * 0.2);
            var isRaw = random.Next(3) == 0;
            var onTheWay = new List<(DateTime At, string Symbol, DateTime Open, bool IsFinal)>();
            var begin = Interval.OneMinute.StartOf(Now);
            var (time, told) = (begin, begin);
            while (Now < begin.AddMinutes(40))
            {
                // Now and then nobody asks for some minutes, and what came meanwhile waits.
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(15) == 0 ? random.Next(60_000, 200_000) : random.Next(50, 9_000)));
                // What closed meanwhile is told by the stream, or not.
                for (; told.AddMinutes(1) <= Now; told = told.AddMinutes(1))
                {
                    foreach (var name in Names)
                    {
                        var arrives = told.AddMinutes(1).AddMilliseconds(random.NextDouble() < late ? random.Next(20, 200_000) : 20);
                        if (random.NextDouble() >= lost) onTheWay.Add((arrives, name, told, true));
                        if (random.NextDouble() < doubled) onTheWay.Add((arrives.AddMilliseconds(random.Next(0, 100_000)), name, told, true));
                        onTheWay.Add((told.AddMinutes(1).AddSeconds(2), name, told.AddMinutes(1), false));
                    }
                }

                foreach (var message in onTheWay.Where(message => message.At <= Now).OrderBy(_ => random.Next()).ToArray())
                {
                    Bring(message.Symbol, message.Open, message.IsFinal, isRaw);
                    onTheWay.Remove(message);
                }

                if (random.Next(40) == 0) _reader.BeginAnew();
                _bars.IsAway = random.NextDouble() < away;
                while (await _feed.NextAsync(time, Ending) is { } step)
                {
                    Assert.Equal(time.AddMinutes(1), step.Time);
                    Assert.Equal(string.Join(' ', Names), string.Join(' ', step.Bars.Select(bar => bar.Symbol)));
                    Assert.All(step.Bars, bar => Assert.Equal(_bars.BarAt(time), bar.Candle));
                    if (Now < step.Time.AddSeconds(1)) quick++;
                    time = step.Time;
                }

                if (_bars.IsAway || time == begin || random.Next(10) != 0) continue;
                var history = await _feed.HistoryAsync(Names[random.Next(2)], time.AddMinutes(-random.Next(1, 300)), time, 5_000, Ending);
                Assert.Equal(time, history[^1].OpenTime.AddMinutes(1));
                Assert.Equal(Enumerable.Range(0, history.Count).Select(i => _bars.BarAt(history[0].OpenTime.AddMinutes(i))), history);
            }

            // Up to what was still on its way when time was up.
            Assert.True(time >= begin.AddMinutes(36), $"seed {seed}: no step after {time:T}");
        }

        Assert.True(quick > 0, "No stream was of any use.");
    }

    private int Asked => _server.Exchange.At("GET /api/v3/klines").Count;

    private static DateTime At(int minute) => new(2026, 2, 20, 12, minute, 0, DateTimeKind.Utc);

    private static long Milliseconds(DateTime time) => (long)(time - DateTime.UnixEpoch).TotalMilliseconds;

    private async Task BeginAsync(BinanceFeedOptions? options = null)
    {
        if (_feed is not null) await _feed.DisposeAsync();
        _feed = await BinanceFeed.ConnectAsync(_server.Market, "test", Interval.OneMinute, Names, options ?? new BinanceFeedOptions(), open: null, () => Now, _clock, cancellation: Ending);
        _feed.Log = _log;
        _reader = new MarketMessageReader(_feed.Streamed, _clock);
        foreach (var name in Names) _reader.Add(StreamName.Kline(name, Interval.OneMinute));
    }

    private void MoveTo(DateTime time) => _clock.Advance(time - Now);

    private async Task<List<MarketStep>> ToAsync(DateTime time)
    {
        var steps = new List<MarketStep>();
        MoveTo(time);
        while (await _feed.NextAsync(steps.Count > 0 ? steps[^1].Time : default, Ending) is { } step) steps.Add(step);
        return steps;
    }

    /// <summary>The message of the stream about a bar.</summary>
    /// <param name="isRaw">True to leave out what the reader keeps away, as after an interruption.</param>
    private void Bring(string symbol, DateTime open, bool isFinal = true, bool isRaw = false)
    {
        var (bar, name) = (_bars.BarAt(open), StreamName.Kline(symbol, Interval.OneMinute));
        if (isRaw)
        {
            _feed.Streamed.OnKline(name, new KlineUpdate(new Adapters.Binance.Calls.Kline(bar, open.AddMinutes(1).AddMilliseconds(-1), 500, 9, 2, 200), isFinal, Now));
            return;
        }

        var json = string.Create(CultureInfo.InvariantCulture, $$"""
            {"e":"kline","E":{{Milliseconds(Now)}},"s":"{{symbol}}","k":{"t":{{Milliseconds(open)}},"T":{{Milliseconds(open.AddMinutes(1)) - 1}},"s":"{{symbol}}","i":"1m","f":1,"L":9,"o":"{{bar.Open}}.00","c":"{{bar.Close}}.00","h":"{{bar.High}}.00","l":"{{bar.Low}}.00","v":"5.0","n":9,"x":{{(isFinal ? "true" : "false")}},"q":"500.0","V":"2.0","Q":"200.0","B":"0"} }
            """);
        Assert.Equal(MessageKind.Data, _reader.Read(Encoding.UTF8.GetBytes(StreamJson.On(name.Text, json))));
    }
}
