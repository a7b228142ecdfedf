using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

/// <summary>Account events over real sockets.</summary>
public sealed class AccountStreamTests : IAsyncLifetime, IAccountListener
{
    private const string Subscribed = """{"id":1,"status":200,"result":{"subscriptionId":0}}""";

    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly Channel<(WebSocket Socket, JsonElement Asked)> _lines = Channel.CreateUnbounded<(WebSocket, JsonElement)>();
    private readonly WarningLog<AccountStream> _log = new();
    private readonly ManualClock _clock = new();
    private TestExchange _exchange = null!;
    private Connected _connected = null!;
    private AccountStream _stream = null!;
    private Exception? _thrown;

    public async ValueTask InitializeAsync()
    {
        _exchange = await TestExchange.StartAsync();
        _exchange.ShowTime(TimeProvider.System.GetUtcNow);
        Listen();
        _connected = new Connected(_exchange.Address);
        var options = new BinanceOptions { SocketUrl = new UriBuilder(_exchange.Address) { Scheme = "ws", Path = "/ws-api/v3" }.Uri };
        _stream = new AccountStream(this, options, new StreamOptions { LongestWaitSeconds = 1 }, _connected.Credentials!, _connected.Rest, _clock, _log);
    }

    private void Listen() =>
        _exchange.On("GET /ws-api/v3", async (_, context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[4096];
            try
            {
                while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
                    _lines.Writer.TryWrite((socket, JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement.Clone()));
            }
            catch (WebSocketException)
            {
                // The client has gone.
            }
        });

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connected.Dispose();
        await _exchange.DisposeAsync();
    }

    [Fact]
    public async Task The_account_is_subscribed_to_with_a_signature_and_its_events_are_heard()
    {
        var (socket, asked) = await NextAsync(_lines);
        Assert.Equal("userDataStream.subscribe.signature", asked.GetProperty("method").GetString());
        var parameters = asked.GetProperty("params");
        var payload = $"apiKey={TestKeys.ApiKey}&recvWindow=5000&timestamp={parameters.GetProperty("timestamp").GetInt64()}";
        var room = new byte[64];
        _connected.Credentials!.Signer.Sign(Encoding.ASCII.GetBytes(payload), room);
        Assert.Equal(Encoding.ASCII.GetString(room), parameters.GetProperty("signature").GetString());
        await SayAsync(socket, Subscribed);
        Assert.Equal("subscribed", await NextAsync(_heard));
        await SayAsync(socket, StreamJson.OrderTraded);
        Assert.Equal(91_000_005, Assert.IsType<OrderReport>(await NextAsync(_heard)).OrderId);
    }

    [Fact]
    public async Task After_a_loss_it_is_subscribed_to_anew_and_all_must_be_asked_for()
    {
        var (socket, _) = await NextAsync(_lines);
        await SayAsync(socket, Subscribed);
        Assert.Equal("subscribed", await NextAsync(_heard));
        socket.Abort();
        Assert.Equal("lost", await NextAsync(_heard));
        var (next, asked) = await NextAsync(_lines);
        await SayAsync(next, Answered(asked));
        Assert.Equal("subscribed", await NextAsync(_heard));
    }

    [Theory]
    [InlineData("""{"event":{"e":"serverShutdown","E":1767225611000}}""")]
    [InlineData(StreamJson.Terminated)]
    [InlineData("""{"subscriptionId":0,"event":{"e":"executionReport","E":"broken"}}""")]
    [InlineData("""{"event":null}""")]
    [InlineData("""{"id":7,"status":"401"}""")]
    [InlineData("""{"id":7,"status":400,"error":{"code":"-1","msg":"?"}}""")]
    public async Task When_the_end_is_near_another_connection_is_subscribed_before_the_old_one_goes(string message)
    {
        var (socket, _) = await NextAsync(_lines);
        await SayAsync(socket, Subscribed);
        Assert.Equal("subscribed", await NextAsync(_heard));
        await SayAsync(socket, message);
        var (next, asked) = await NextAsync(_lines);
        await SayAsync(socket, StreamJson.Balances);
        Assert.IsType<BalanceReport>(await NextAsync(_heard));
        await SayAsync(next, Answered(asked));
        Assert.Equal("subscribed", await NextAsync(_heard));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"id":2,"status":200,"result":[]}""")]
    public async Task A_line_that_is_dead_or_subscribed_to_nothing_is_replaced_though_nobody_has_closed_it(string? answer)
    {
        var (socket, _) = await NextAsync(_lines);
        await SayAsync(socket, Subscribed);
        Assert.Equal("subscribed", await NextAsync(_heard));
        await PassAsync(60);
        var (_, probe) = await NextAsync(_lines);
        Assert.Equal("session.subscriptions", probe.GetProperty("method").GetString());
        if (answer is null) await PassAsync(10);
        else await SayAsync(socket, answer);
        var (next, asked) = await NextAsync(_lines);
        Assert.NotSame(socket, next);
        Assert.Equal("userDataStream.subscribe.signature", asked.GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_line_that_says_what_it_is_subscribed_to_stays_however_silent_it_is()
    {
        var (socket, _) = await NextAsync(_lines);
        await SayAsync(socket, Subscribed);
        Assert.Equal("subscribed", await NextAsync(_heard));
        for (var minute = 0; minute < 5; minute++)
        {
            await PassAsync(60);
            var (same, probe) = await NextAsync(_lines);
            Assert.Same(socket, same);
            await SayAsync(socket, $$"""{"id":{{probe.GetProperty("id").GetInt64()}},"status":200,"result":[{"subscriptionId":0}]}""");
            await SayAsync(socket, StreamJson.OrderTraded);
            Assert.IsType<OrderReport>(await NextAsync(_heard));
        }
    }

    [Theory]
    [InlineData(418, StandstillReason.Banned, "Binance has banned this address; nothing is sent until ")]
    [InlineData(403, StandstillReason.Blocked, "The firewall of 127.0.0.1 refuses requests from here (HTTP status 403); nothing is sent until ")]
    [InlineData(429, StandstillReason.TooManyRequests, "Binance counts too many requests from this address; nothing is sent until ")]
    public async Task A_refusal_is_told_in_a_sentence_and_stops_all_requests_until_its_end(int status, StandstillReason reason, string told)
    {
        var (socket, _) = await NextAsync(_lines);
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        await SayAsync(socket, $$"""{"id":1,"status":{{status}},"error":{"code":-1003,"msg":"Way too much request weight used","data":{"retryAfter":{{until.ToUnixTimeMilliseconds()}} } } }""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_connected.Gate.Standstill is null) await Task.Delay(10, patience.Token);
        Assert.InRange((until.UtcDateTime - _connected.Gate.Standstill!.Value.Until).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(reason, _connected.Gate.Standstill.Value.Reason);
        Assert.StartsWith(told, _log.Warnings[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Warnings, warning => warning.Contains(TestKeys.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_none_of_its_is_told_in_a_sentence_until_it_answers()
    {
        var (socket, asked) = await NextAsync(_lines);
        await SayAsync(socket, Answered(asked));
        Assert.Equal("subscribed", await NextAsync(_heard));
        _exchange.On("GET /ws-api/v3", (_, context) =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        socket.Abort();
        Assert.Equal("lost", await NextAsync(_heard));
        for (var attempt = 2; attempt < 5; attempt++)
        {
            await PassAsync(1);
            var address = new UriBuilder(_exchange.Address) { Scheme = "ws", Path = "/ws-api/v3" }.Uri;
            Assert.Equal($"{address} opens no WebSocket; check the setting Binance:SocketUrl.", await NextAsync(_heard));
        }

        // The log says it once.
        Assert.Single(_log.Warnings);
        Listen();
        await PassAsync(1);
        var (next, again) = await NextAsync(_lines);
        await SayAsync(next, Answered(again));
        Assert.Equal("subscribed", await NextAsync(_heard));
    }

    [Fact]
    public async Task A_refusal_that_lasts_is_told_with_its_reason_and_logged_once()
    {
        for (var attempt = 1; attempt < 4; attempt++)
        {
            var (socket, asked) = await NextAsync(_lines);
            await SayAsync(socket, $$"""{"id":{{asked.GetProperty("id").GetInt64()}},"status":401,"error":{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."} }""");
            if (attempt > 1) Assert.StartsWith("Binance refuses the API key: ", Assert.IsType<string>(await NextAsync(_heard)), StringComparison.Ordinal);
            await PassAsync(1);
        }

        Assert.Equal(2, _log.Warnings.Count);
    }

    [Fact]
    public async Task A_line_that_cannot_be_replaced_brings_events_all_the_same()
    {
        var (socket, asked) = await NextAsync(_lines);
        await SayAsync(socket, Answered(asked));
        Assert.Equal("subscribed", await NextAsync(_heard));
        _exchange.On("GET /ws-api/v3", (_, context) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await SayAsync(socket, """{"event":{"e":"serverShutdown","E":1767225611000}}""");
        for (var attempt = 1; attempt < 5; attempt++) await PassAsync(1);
        await SayAsync(socket, StreamJson.OrderTraded);
        Assert.IsType<OrderReport>(await NextAsync(_heard));
    }

    [Fact]
    public async Task A_listener_that_throws_costs_the_connection_and_the_account_is_subscribed_to_again_after_a_wait()
    {
        for (var round = 1; round <= 3; round++)
        {
            var (socket, asked) = await NextAsync(_lines);
            await SayAsync(socket, Answered(asked));
            Assert.Equal("subscribed", await NextAsync(_heard));
            _thrown = new InvalidOperationException("Secret words.");
            await SayAsync(socket, StreamJson.OrderTraded);
            Assert.Equal("lost", await NextAsync(_heard));
            await PassAsync(1);
            // Told once each time.
            Assert.Equal(round, _log.Warnings.Count);
        }

        var (last, again) = await NextAsync(_lines);
        await SayAsync(last, Answered(again));
        Assert.Equal("subscribed", await NextAsync(_heard));
        await SayAsync(last, StreamJson.OrderTraded);
        Assert.IsType<OrderReport>(await NextAsync(_heard));
        Assert.All(_log.Warnings, warning => Assert.EndsWith($"tried again in 1 s, then at growing intervals up to 1 s (InvalidOperationException). The connections to {_exchange.Address.Authority} break off.", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_throws_at_the_subscription_does_not_end_the_stream()
    {
        var (socket, asked) = await NextAsync(_lines);
        _thrown = new InvalidOperationException("Secret words.");
        await SayAsync(socket, Answered(asked));
        await PassAsync(1);
        var (next, again) = await NextAsync(_lines);
        await SayAsync(next, Answered(again));
        Assert.Equal("subscribed", await NextAsync(_heard));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_was_revoked_is_told_in_a_sentence_and_ends_the_connection(bool whileAsked)
    {
        var (socket, asked) = await NextAsync(_lines);
        await SayAsync(socket, Answered(asked));
        Assert.Equal("subscribed", await NextAsync(_heard));
        if (whileAsked)
        {
            await PassAsync(60);
            await NextAsync(_lines);
        }

        await SayAsync(socket, """{"id":null,"status":401,"error":{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}}""");
        Assert.Equal("lost", await NextAsync(_heard));
        await PassAsync(1);
        var (next, _) = await NextAsync(_lines);
        Assert.NotSame(socket, next);
        Assert.StartsWith("Binance refuses the API key: 'Invalid API-key, IP, or permissions for action.' (-2015); see at Binance that the key exists", _log.Warnings[0], StringComparison.Ordinal);
    }

    void IAccountListener.OnOrder(OrderReport report) => Hear(report);

    void IAccountListener.OnOrderList(OrderListReport report) => _heard.Writer.TryWrite(report);

    void IAccountListener.OnBalances(BalanceReport report) => _heard.Writer.TryWrite(report);

    void IAccountListener.OnTransfer(TransferReport report) => _heard.Writer.TryWrite(report);

    void IAccountListener.OnSubscribed() => Hear("subscribed");

    void IAccountListener.OnLost() => _heard.Writer.TryWrite("lost");

    void IAccountListener.OnSilent(string why) => _heard.Writer.TryWrite(why);

    private void Hear(object what)
    {
        if (Interlocked.Exchange(ref _thrown, null) is { } thrown) throw thrown;
        _heard.Writer.TryWrite(what);
    }

    private static string Answered(JsonElement asked) => Subscribed.Replace("\"id\":1", $"\"id\":{asked.GetProperty("id").GetInt64()}", StringComparison.Ordinal);

    /// <summary>As many seconds as somebody waits for.</summary>
    private async Task PassAsync(int seconds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _clock.UntilWaitedForAsync(TimeSpan.FromSeconds(seconds), patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel) =>
        await channel.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private static Task SayAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
