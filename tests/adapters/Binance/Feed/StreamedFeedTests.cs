using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.Adapters.Tests.Binance.Feed;

/// <summary>The feed at the exchange to rehearse at: requests and streams over real sockets, market and bars by a clock that the test moves.</summary>
public sealed class StreamedFeedTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";

    /// <summary>After the end of a bar, and before it could be asked for.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private readonly List<IDisposable> _open = [];
    private readonly WarningLog<BinanceFeed> _log = new();
    private Visitor _visitor = null!;
    private BinanceFeed _feed = null!;
    private TimeProvider _quick = TimeProvider.System;
    private DateTime _time = BarFeed.Start;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Range(0, 90).Select(minute => 100.0 + (minute % 7))]), options => options.Market.HalfSpreadBps = 10);

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        foreach (var open in _open) open.Dispose();
        await _visitor.DisposeAsync();
    }

    [Fact]
    public async Task Bars_and_best_prices_come_by_stream_and_prices_that_grow_old_are_none()
    {
        await ConnectAsync();
        Assert.Equal(default, _feed.QuoteOf(Symbol));
        await StreamAsync();
        for (var minute = 1; minute <= 5; minute++)
        {
            MoveTo(minute, Soon);
            Assert.Equal(BarFeed.Start.AddMinutes(minute), (await StepAsync()).Time);
        }

        // What the exchange has said last; nothing is on its way after that.
        var best = (await _visitor.GetAsync("/api/v3/ticker/bookTicker", $"symbol={Symbol}")).Json;
        var quote = await SoonAsync(() => _feed.QuoteOf(Symbol), quote => (quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity) == (NumberOf(best, "bidPrice"), NumberOf(best, "bidQty"), NumberOf(best, "askPrice"), NumberOf(best, "askQty")));
        Assert.Equal((103.896, 104.104), (quote.Bid, quote.Ask), (one, other) => Math.Abs(one.Item1 - other.Item1) < 0.3 && Math.Abs(one.Item2 - other.Item2) < 0.3);
        Assert.True(quote.AskQuantity > 0 && quote.Ask > quote.Bid);
        await _visitor.ControlAsync("PUT", "faults", """{"streams":{"lost":1}}""");
        _visitor.Time.Pass(TimeSpan.FromSeconds(14));
        Assert.Equal(TimeSpan.FromSeconds(14), _feed.QuoteOf(Symbol).Age);
        _visitor.Time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(default, _feed.QuoteOf(Symbol));
        Assert.Empty(_log.Warnings);
        await EqualsTheAnswersAsync();
    }

    [Fact]
    public async Task After_a_cut_no_bar_is_missing_and_they_come_by_stream_again()
    {
        await ConnectAsync();
        await StreamAsync();
        MoveTo(1, Soon);
        await StepAsync();
        var old = Sessions.Single();
        await _visitor.ControlAsync("POST", "disconnect");
        // Two bars close meanwhile.
        MoveTo(3, TimeSpan.FromSeconds(2));
        await StepAsync();
        await StepAsync();
        await ReplacedAsync(old);
        await StreamAsync();
        MoveTo(4, Soon);
        Assert.Equal(BarFeed.Start.AddMinutes(4), (await StepAsync()).Time);
        await EqualsTheAnswersAsync();
    }

    [Fact]
    public async Task An_exchange_that_announces_its_end_is_left_without_a_gap()
    {
        await ConnectAsync();
        await StreamAsync();
        var old = Sessions.Single();
        await _visitor.ControlAsync("POST", "shutdown");
        for (var minute = 1; minute <= 3; minute++)
        {
            MoveTo(minute, Soon);
            await StepAsync();
        }

        await ReplacedAsync(old);
        MoveTo(4, Soon);
        await StepAsync();
        await EqualsTheAnswersAsync();
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_stream_that_is_silent_while_its_bars_go_on_is_connected_anew()
    {
        // A minute passes in three seconds.
        await ConnectAsync(speed: 20);
        await StreamAsync();
        var old = Sessions.Single();
        await _visitor.ControlAsync("PUT", "faults", """{"streams":{"lost":1}}""");
        for (var minute = 1; _log.Warnings.Count == 0 && minute < 8; minute++)
        {
            // Longer than a stream may be silent; what was on its way at first counts too.
            var begun = _quick.GetTimestamp();
            await SoonAsync(() => _quick.GetElapsedTime(begun), silence => silence > TimeSpan.FromSeconds(61));
            MoveTo(minute, TimeSpan.FromSeconds(1));
            await StepAsync();
        }

        Assert.Contains("The stream btcusdt@kline_1m has brought nothing for ", _log.Warnings[0], StringComparison.Ordinal);
        await _visitor.ControlAsync("DELETE", "faults");
        await ReplacedAsync(old);
        await StreamAsync();
        _visitor.Time.Pass(_time.AddMinutes(1) + Soon - _visitor.Time.Now);
        await StepAsync();
        Assert.Single(_log.Warnings);
        await EqualsTheAnswersAsync();
    }

    [Fact]
    public async Task Without_streams_each_bar_is_asked_for_which_is_said_once_and_stands_in_the_description()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await ConnectAsync(new Uri($"ws://127.0.0.1:{port}"));
        Assert.Equal("live bars of Binance (test): BTCUSDT, 1m, by stream", _feed.Description);
        for (var minute = 1; minute <= 10; minute++)
        {
            MoveTo(minute, Soon);
            Assert.Null(await NextAsync());
            MoveTo(minute, TimeSpan.FromSeconds(1));
            await StepAsync();
        }

        Assert.Equal("live bars of Binance (test): BTCUSDT, 1m, asked for as they close since the market streams are not connected", _feed.Description);
        var lines = await SoonAsync(() => _log.Warnings.ToArray(), lines => lines.Length > 1);
        Assert.Equal(2, lines.Length);
        Assert.Contains("The market streams cannot be reached; bars are asked for as they close until they can", lines, StringComparer.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("The market streams of 127.0.0.1 could not be connected (", StringComparison.Ordinal));
        await EqualsTheAnswersAsync();
    }

    [Fact]
    public async Task Requests_and_streams_go_through_the_proxy()
    {
        using var proxy = new TestProxy(_visitor.Server.Address, "trader", "word");
        await ConnectAsync(new Uri("ws://streams.binance.invalid"), new Uri("http://binance.invalid"), new Uri($"socks5://trader:word@127.0.0.1:{proxy.Port}"));
        await StreamAsync();
        MoveTo(1, Soon);
        await StepAsync();
        Assert.Equal("binance.invalid streams.binance.invalid", string.Join(' ', proxy.Hosts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"streams":{"lost":0.3,"doubled":0.3}}""")]
    [InlineData("""{"streams":{"swapped":0.4,"delayed":0.2,"delayMilliseconds":300}}""")]
    [InlineData("""{"streams":{"lost":0.05,"disconnected":0.01}}""")]
    public async Task Whatever_the_streams_do_the_bars_are_those_of_the_answers(string faults)
    {
        await ConnectAsync();
        await StreamAsync();
        await _visitor.ControlAsync("PUT", "faults", faults);
        for (var minute = 1; minute <= 40; minute++)
        {
            MoveTo(minute, Soon);
            if (await NextAsync() is not null) continue;
            MoveTo(minute, TimeSpan.FromSeconds(1));
            await StepAsync();
        }

        await EqualsTheAnswersAsync();
    }

    private readonly List<MarketStep> _steps = [];

    private async Task ConnectAsync(Uri? streams = null, Uri? rest = null, Uri? proxy = null, int speed = 10)
    {
        // What waits for connections need not wait as long as it would in the world, but a machine is not faster than there.
        var toAnswer = 30 * speed;
        var binance = new BinanceOptions
        {
            RestUrl = rest ?? _visitor.Server.Address,
            StreamUrl = streams ?? new UriBuilder(_visitor.Server.Address) { Scheme = "ws" }.Uri,
            Proxy = proxy,
            TimeoutSeconds = toAnswer,
            ConnectSeconds = toAnswer,
        };
        var quick = _quick = new ScaledTimeProvider(TimeProvider.System, DateTimeOffset.UnixEpoch, speed);
        var (http, gate) = (RestTransport.Create(binance), new RateGate(new RateLimitOptions(), quick));
        _open.AddRange([gate, http]);
        var connection = new RestConnection(http, gate, new ExchangeClock(quick), binance, credentials: null, "", quick);
        _feed = await BinanceFeed.ConnectAsync(
            new MarketCalls(connection, new CacheOptions(), quick), "test", Interval.OneMinute, [Symbol], new BinanceFeedOptions { WaitMs = 50 },
            (listener, log) => new MarketStreams(listener, binance, new StreamOptions { SilentSeconds = 3_600, ReplySeconds = toAnswer }, gate, quick, log), () => _visitor.Time.Now, _visitor.Time, cancellation: Ending);
        _feed.Log = _log;
    }

    private void MoveTo(int minute, TimeSpan after) => _visitor.Time.Pass(BarFeed.Start.AddMinutes(minute) + after - _visitor.Time.Now);

    private async Task<MarketStep?> NextAsync()
    {
        if (await _feed.NextAsync(_time, Ending) is not { } step) return null;
        _time = step.Time;
        _steps.Add(step);
        return step;
    }

    private async Task<MarketStep> StepAsync() => (await UntilAsync<MarketStep?>(NextAsync, step => step is not null))!;

    /// <summary>Waits until the streams are connected.</summary>
    private async Task StreamAsync()
    {
        await _feed.NextAsync(_time, Ending);
        await SoonAsync(() => _feed.Description, words => words.EndsWith("by stream", StringComparison.Ordinal));
    }

    private IReadOnlyList<Session> Sessions => _visitor.Server.Exchange.Do(() => _visitor.Server.Exchange.Hub.Sessions.ToArray());

    /// <summary>Waits until there is another connection, which there is not before the loss of the old one was seen, and the old one is gone.</summary>
    private Task ReplacedAsync(Session old) => SoonAsync(() => Sessions, sessions => sessions is [var only] && only != old);

    /// <summary>Each bar came once and in order, as the exchange has it in the end.</summary>
    private async Task EqualsTheAnswersAsync()
    {
        var answers = await _visitor.GetAsync("/api/v3/klines", $"symbol={Symbol}&interval=1m&startTime={Visitor.Milliseconds(BarFeed.Start)}&limit={_steps.Count}");
        Assert.Equal(string.Join('\n', answers.Json.EnumerateArray().Select(row => string.Join(' ', row.EnumerateArray().Take(6)))), string.Join('\n', _steps.Select(TextOf)));
    }

    private static double NumberOf(JsonElement json, string name) => double.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string TextOf(MarketStep step)
    {
        var bar = step.Bars.Single().Candle;
        Assert.Equal(bar.OpenTime.AddMinutes(1), step.Time);
        return string.Create(CultureInfo.InvariantCulture, $"{Visitor.Milliseconds(bar.OpenTime)} {bar.Open:0.00000000} {bar.High:0.00000000} {bar.Low:0.00000000} {bar.Close:0.00000000} {bar.Volume:0.00000000}");
    }

    private static Task<T> SoonAsync<T>(Func<T> look, Func<T, bool> isRight) => UntilAsync(() => Task.FromResult(look()), isRight);

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isRight)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await look() is var seen && isRight(seen)) return seen;
            await Task.Delay(5, deadline.Token);
        }
    }
}
