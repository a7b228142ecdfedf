using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Streams;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

/// <summary>Market streams over real sockets.</summary>
public sealed class MarketStreamsTests : IAsyncLifetime
{
    private static readonly StreamName Top = StreamName.BookTop("BTCUSDT");

    private readonly ManualClock _clock = new();
    private readonly Heard _heard = new();
    private readonly WarningLog<MarketStreams> _log = new();
    private RateGate _gate = null!;
    private TestStreams _server = null!;
    private MarketStreams _streams = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestStreams.StartAsync();
        _gate = new RateGate(new RateLimitOptions(), _clock);
        _streams = Open(_clock, new StreamOptions());
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _server.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Streams_are_asked_for_on_one_connection_heard_and_given_up()
    {
        _streams.Subscribe(Top);
        var line = await _server.NextAsync(Ending);
        Assert.Equal("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}""", await line.NextCommandAsync(Ending));
        await line.SendAsync(TopOf(1));
        Assert.Equal(1, (await _heard.WaitForAsync<BookTop>(1, Ending))[0].UpdateId);
        Assert.NotNull(_streams.AgeOf(Top));

        _streams.Subscribe(StreamName.MiniTicker("ETHUSDT"));
        Assert.Equal("""{"method":"SUBSCRIBE","params":["ethusdt@miniTicker"],"id":2}""", await line.NextCommandAsync(Ending));
        _streams.Unsubscribe(Top);
        Assert.Equal("""{"method":"UNSUBSCRIBE","params":["btcusdt@bookTicker"],"id":3}""", await line.NextCommandAsync(Ending));
        Assert.Single(_server.Lines);
        Assert.Null(_streams.AgeOf(Top));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_closed_soon_or_grows_old_is_replaced_without_a_gap_and_without_a_message_twice(bool isShutdown)
    {
        await _streams.DisposeAsync();
        _streams = Open(_clock, new StreamOptions { RenewMinutes = 10, SilentSeconds = 3_600 });
        _streams.Subscribe(Top);
        var old = await _server.NextAsync(Ending);
        await old.NextCommandAsync(Ending);
        var id = 0L;
        await old.SendAsync(TopOf(++id));
        await _heard.WaitForAsync<BookTop>(1, Ending);

        if (isShutdown) await old.SendAsync("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1767225611000}}""");
        else _clock.Advance(TimeSpan.FromMinutes(11));
        var next = await WhileTimePassesAsync(_server.NextAsync(Ending));
        // Both bring everything until the old one goes.
        while (!old.Ended.IsCompleted)
        {
            var message = TopOf(++id);
            var isOnBoth = next.Streams.ContainsKey(Top.Text);
            // The old connection is the slower one.
            if (isOnBoth) await next.SendAsync(message);
            await old.SendAsync(message);
            await _heard.WaitForAsync<BookTop>((int)id, Ending);
            await PassAsync();
        }

        await next.SendAsync(TopOf(++id));
        var heard = await _heard.WaitForAsync<BookTop>((int)id, Ending);
        Assert.Equal(Enumerable.Range(1, (int)id).Select(number => (long)number), heard.Select(top => top.UpdateId));
        Assert.Empty(_heard.Of<string>());
    }

    [Fact]
    public async Task After_a_cut_it_connects_anew_and_says_what_was_interrupted()
    {
        _streams.Subscribe(Top);
        var line = await _server.NextAsync(Ending);
        await line.NextCommandAsync(Ending);
        // Heard means that the answer to the command has come before.
        await line.SendAsync(TopOf(7));
        await _heard.WaitForAsync<BookTop>(1, Ending);
        line.Cut();
        var next = await WhileTimePassesAsync(_server.NextAsync(Ending));
        Assert.Contains("btcusdt@bookTicker", await next.NextCommandAsync(Ending), StringComparison.Ordinal);
        await WhileTimePassesAsync(_heard.WaitForAsync<string>(1, Ending));
        // The exchange may have begun its numbers anew.
        await next.SendAsync(TopOf(3));
        await _heard.WaitForAsync<BookTop>(2, Ending);
        Assert.Equal([(Top, new BookTop(7, 1, 1, 2, 1)), (Top, "interrupted"), (Top, (object)new BookTop(3, 1, 1, 2, 1))], _heard.All);
    }

    [Fact]
    public async Task A_connection_that_answers_and_brings_nothing_is_found_by_the_age_of_its_data()
    {
        _streams.Subscribe(Top);
        var line = await _server.NextAsync(Ending);
        await line.NextCommandAsync(Ending);
        await line.SendAsync(TopOf(1));
        await _heard.WaitForAsync<BookTop>(1, Ending);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(20), _streams.AgeOf(Top));
        Assert.Single(_server.Lines);
        var next = await WhileTimePassesAsync(_server.NextAsync(Ending));
        await next.NextCommandAsync(Ending);
        await WhileTimePassesAsync(_heard.WaitForAsync<string>(1, Ending));
        Assert.Contains("are connected and silent", _log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_an_answer_is_given_up_and_tried_on_another_connection()
    {
        _streams.Subscribe(Top);
        var line = await _server.NextAsync(Ending);
        line.Reply = _ => null;
        await line.NextCommandAsync(Ending);
        // The wait for the answer, then the wait before the next connection.
        var next = await WhileTimePassesAsync(_server.NextAsync(Ending));
        Assert.Contains("btcusdt@bookTicker", await next.NextCommandAsync(Ending), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_streams_than_a_connection_takes_are_spread_over_several()
    {
        await _streams.DisposeAsync();
        _streams = Open(TimeProvider.System, new StreamOptions { MostStreams = 300 });
        _streams.Subscribe(Enumerable.Range(0, 700).Select(number => StreamName.BookTop($"S{number}USDT")));
        var lines = new List<TestLine>();
        for (var i = 0; i < 3; i++) lines.Add(await _server.NextAsync(Ending));
        while (lines.Sum(line => line.Streams.Count) < 700) await PassAsync();
        Assert.Equal([100, 300, 300], lines.Select(line => line.Streams.Count).Order());
    }

    [Fact]
    public async Task Attempts_to_connect_keep_within_their_limit()
    {
        await _streams.DisposeAsync();
        _gate.Adopt([new RateLimit(RateLimitKind.Connections, TimeSpan.FromMinutes(5), 5)]);
        _streams = Open(_clock, new StreamOptions());
        _streams.Subscribe(Top);
        // Three fifths of the limit are for data.
        for (var i = 0; i < 3; i++)
        {
            var line = await WhileTimePassesAsync(_server.NextAsync(Ending));
            await line.NextCommandAsync(Ending);
            line.Cut();
        }

        while (_gate.Waiting == 0) await PassAsync();

        Assert.Equal(3, _server.Lines.Count);
    }

    private async Task<T> WhileTimePassesAsync<T>(Task<T> awaited)
    {
        while (!awaited.IsCompleted) await PassAsync();
        return await awaited;
    }

    // Time that runs ten times as fast: sockets are not faster than that.
    private async Task PassAsync()
    {
        await Task.Delay(10, Ending);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
    }

    private static string TopOf(long id) => StreamJson.On(Top.Text, $$"""{"u":{{id}},"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}""");

    private MarketStreams Open(TimeProvider time, StreamOptions options) => new(_heard, new BinanceOptions { StreamUrl = _server.Address, ConnectSeconds = 60 }, options, _gate, time, _log);
}
