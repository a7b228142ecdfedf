using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Feed;

/// <summary>Bars of a live exchange, over a real socket and by a clock that the test moves.</summary>
public sealed class BinanceFeedTests : IAsyncLifetime
{
    private static readonly string[] Names = ["ETHUSDT", "BTCUSDT"];
    private static readonly BinanceFeedOptions Options = new() { HistoryBars = 1_500, SettleSeconds = 1, PatienceSeconds = 15, RetrySeconds = 2 };

    // It is 12:30:10 when the service starts.
    private readonly ManualClock _clock = new() { Origin = new DateTimeOffset(2026, 2, 20, 12, 30, 10, TimeSpan.Zero) };
    private readonly WarningLog<BinanceFeed> _log = new();
    private readonly BarServer _bars;
    private CallsServer _server = null!;

    public BinanceFeedTests() => _bars = new BarServer(_clock, Interval.OneHour);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await CallsServer.StartAsync(_clock);
        _bars.Serve(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_new_account_begins_with_the_bar_under_way_once_it_has_closed()
    {
        using var feed = await ConnectAsync();
        Assert.Equal(("binance test 1h", true, "BTCUSDT,ETHUSDT"), (feed.Identity, feed.IsLive, string.Join(',', feed.Symbols.Select(rules => rules.Symbol))));
        Assert.Equal((0.01m, 0.001m), (feed.Symbols[0].TickSize, feed.Symbols[0].StepSize));
        Assert.Null(await NextAsync(feed));
        MoveTo(13, 0, 0);
        Assert.Null(await NextAsync(feed));
        MoveTo(13, 0, 1);
        var step = await NextAsync(feed);
        Assert.Equal(At(13), step!.Time);
        Assert.Equal("BTCUSDT ETHUSDT", string.Join(' ', step.Bars.Select(bar => bar.Symbol)));
        Assert.All(step.Bars, bar => Assert.Equal((At(12), 100.0 + (At(12) - BarServer.Listed).TotalHours), (bar.Candle.OpenTime, bar.Candle.Close)));
        Assert.Null(await feed.NextAsync(step.Time, Ending));
    }

    [Fact]
    public async Task What_closed_while_the_service_was_away_comes_first_a_step_at_a_time()
    {
        using var feed = await ConnectAsync();
        var time = At(12).AddDays(-60);
        for (var expected = time.AddHours(1); expected <= At(12); expected = expected.AddHours(1))
        {
            var step = await feed.NextAsync(time, Ending);
            Assert.Equal(expected, step!.Time);
            time = step.Time;
        }

        Assert.Null(await feed.NextAsync(time, Ending));
        // 1,440 bars a symbol are two answers each.
        Assert.Equal(4, _server.Exchange.At("GET /api/v3/klines").Count);
    }

    [Fact]
    public async Task A_strategy_is_shown_so_many_bars_before_its_first_step_and_then_what_follows()
    {
        using var feed = await ConnectAsync();
        Assert.Empty(await feed.HistoryAsync("BTCUSDT", default, default, 10, Ending));
        var history = await feed.HistoryAsync("BTCUSDT", default, At(12), int.MaxValue, Ending);
        Assert.Equal((1_500, At(12).AddHours(-1_500), At(11)), (history.Count, history[0].OpenTime, history[^1].OpenTime));
        Assert.Equal(history.Take(10), await feed.HistoryAsync("BTCUSDT", default, At(12), 10, Ending));
        Assert.Equal([At(10), At(11)], (await feed.HistoryAsync("BTCUSDT", At(10), At(12), 10, Ending)).Select(bar => bar.OpenTime));
        var asked = _server.Exchange.At("GET /api/v3/klines").Count;
        MoveTo(13, 0, 1);
        Assert.NotNull(await feed.NextAsync(At(12), Ending));
        Assert.Equal(At(12), Assert.Single(await feed.HistoryAsync("BTCUSDT", At(12), At(13), 10, Ending)).OpenTime);
        // What the step has brought is not asked for again.
        Assert.Equal(asked + 2, _server.Exchange.At("GET /api/v3/klines").Count);
        Assert.Equal("LTCUSDT is none of the symbols that are traded; these are BTCUSDT, ETHUSDT.", (await Assert.ThrowsAsync<MarketFeedException>(async () => await feed.HistoryAsync("LTCUSDT", default, At(12), 1, Ending))).Message);
    }

    [Fact]
    public async Task A_missing_bar_is_waited_for_and_then_done_without()
    {
        _bars.Silent["ETHUSDT"] = At(12);
        using var feed = await ConnectAsync();
        MoveTo(13, 0, 5);
        Assert.Null(await NextAsync(feed));
        MoveTo(13, 0, 15);
        Assert.Equal("BTCUSDT", Assert.Single((await NextAsync(feed))!.Bars).Symbol);

        // It comes back two bars later.
        _bars.Silent.Clear();
        MoveTo(15, 0, 5);
        var step = await feed.NextAsync(At(13), Ending);
        Assert.Equal((At(14), 2), (step!.Time, step.Bars.Length));
    }

    [Fact]
    public async Task A_symbol_that_is_not_traded_is_not_waited_for()
    {
        _bars.States["ETHUSDT"] = "BREAK";
        _bars.Silent["ETHUSDT"] = At(12);
        using var feed = await ConnectAsync();
        MoveTo(13, 0, 2);
        Assert.Equal((SymbolStatus.Trading, SymbolStatus.Halted), (feed.StatusOf("BTCUSDT"), feed.StatusOf("ETHUSDT")));
        Assert.Equal("BTCUSDT", Assert.Single((await NextAsync(feed))!.Bars).Symbol);

        _bars.States["ETHUSDT"] = "TRADING";
        MoveTo(14, 0, 2);
        await feed.NextAsync(At(13), Ending);
        Assert.Equal(SymbolStatus.Trading, feed.StatusOf("ETHUSDT"));
    }

    [Fact]
    public async Task A_symbol_that_the_exchange_takes_off_holds_up_no_other_until_it_is_there_again()
    {
        using var feed = await ConnectAsync();
        MoveTo(13, 0, 2);
        Assert.Equal(2, (await NextAsync(feed))!.Bars.Length);
        _bars.States.Remove("ETHUSDT");
        MoveTo(14, 0, 2);
        Assert.Equal("BTCUSDT", Assert.Single((await feed.NextAsync(At(13), Ending))!.Bars).Symbol);
        Assert.Equal(SymbolStatus.Halted, feed.StatusOf("ETHUSDT"));
        MoveTo(15, 0, 2);
        Assert.Equal(At(15), (await feed.NextAsync(At(14), Ending))!.Time);
        Assert.Single(_log.Warnings, warning => warning.StartsWith("Binance does not have ETHUSDT any more", StringComparison.Ordinal));

        _bars.States["ETHUSDT"] = "TRADING";
        MoveTo(16, 0, 2);
        Assert.Equal(2, (await feed.NextAsync(At(15), Ending))!.Bars.Length);
        Assert.Equal(SymbolStatus.Trading, feed.StatusOf("ETHUSDT"));
    }

    [Fact]
    public async Task While_the_exchange_does_not_answer_there_is_no_step_and_the_log_says_so_once()
    {
        using var feed = await ConnectAsync();
        MoveTo(13, 0, 2);
        _bars.IsAway = true;
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await NextAsync(feed));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.StartsWith("There are no new bars: ", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        // Every other second.
        Assert.InRange(_server.Exchange.At("GET /api/v3/klines").Count, 2, 10);
        _bars.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(At(13), (await NextAsync(feed))!.Time);
    }

    [Fact]
    public async Task What_the_exchange_does_not_have_is_told_at_the_start()
    {
        Assert.Equal("Binance has no symbols LTCUSDT, XRPUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.", (await Assert.ThrowsAsync<MarketFeedException>(() => ConnectAsync("XRPUSDT", "LTCUSDT"))).Message);
        Assert.Equal("Binance has no symbol LTCUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.", (await Assert.ThrowsAsync<MarketFeedException>(() => ConnectAsync("LTCUSDT"))).Message);
        Assert.Equal(
            "Binance has no bars of 7m; it has 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 1w.",
            (await Assert.ThrowsAsync<MarketFeedException>(() => BinanceFeed.ConnectAsync(_server.Market, "test", Interval.Parse("7m"), Names, Options, open: null, () => default, _clock, cancellation: Ending))).Message);
    }

    private static DateTime At(int hour) => new(2026, 2, 20, hour, 0, 0, DateTimeKind.Utc);

    private void MoveTo(int hour, int minute, int second) => _clock.Advance(At(hour).AddMinutes(minute).AddSeconds(second) - _clock.GetUtcNow().UtcDateTime);

    private ValueTask<MarketStep?> NextAsync(BinanceFeed feed) => feed.NextAsync(default, Ending);

    private async Task<BinanceFeed> ConnectAsync(params string[] more)
    {
        var feed = await BinanceFeed.ConnectAsync(_server.Market, "test", Interval.OneHour, [.. Names, .. more], Options, open: null, () => _clock.GetUtcNow().UtcDateTime, _clock, cancellation: Ending);
        feed.Log = _log;
        return feed;
    }
}
