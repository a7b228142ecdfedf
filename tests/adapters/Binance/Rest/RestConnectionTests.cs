using System.Text;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Tests.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>The connection over real sockets.</summary>
public sealed class RestConnectionTests
{
    private const string WrongClock = """{"code":-1021,"msg":"Timestamp for this request was 1000ms ahead of the server's time."}""";

    internal static readonly RestCall ReadAccount = new(HttpMethod.Get, "/api/v3/account", new RequestCost(20), RequestRank.Exit, RequestNature.Read, IsSigned: true);
    internal static readonly RestCall PlaceOrder = new(HttpMethod.Post, "/api/v3/order", new RequestCost(1, 1, "main"), RequestRank.Entry, RequestNature.Order, IsSigned: true);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_bears_key_time_and_a_signature_over_exactly_what_arrives()
    {
        await using var exchange = await StartAsync();
        using var connected = new Connected(exchange.Address);
        var answer = await connected.Rest.SendAsync(ReadAccount, connected.Rest.Parameters().Add("omitZeroBalances"u8, "true").Add("x"u8, "[\"A\"] é+~"), Text, Ending);
        Assert.Equal("{}", answer.TryGet(out var text) ? text : answer.Error!.Sentence);
        var asked = Assert.Single(exchange.At("GET /api/v3/account"));
        Assert.Equal(TestKeys.ApiKey, asked.ApiKey);
        Assert.StartsWith("omitZeroBalances=true&x=%5B%22A%22%5D%20%C3%A9%2B~&recvWindow=5000&timestamp=", asked.Query, StringComparison.Ordinal);
        AssertSigned(asked);
    }

    [Theory]
    [InlineData(TestKeys.Secret)]
    [InlineData(TestKeys.Rsa)]
    public async Task An_order_travels_in_the_body_and_is_signed_there(string secret)
    {
        await using var exchange = await StartAsync();
        using var connected = new Connected(exchange.Address, secret: secret);
        await connected.Rest.SendAsync(PlaceOrder, connected.Rest.Parameters().Add("symbol"u8, "BTCUSDT"), Text, Ending);
        var asked = Assert.Single(exchange.At("POST /api/v3/order"));
        Assert.Equal(("", "application/x-www-form-urlencoded"), (asked.Query, asked.ContentType));
        AssertSigned(asked, secret);
    }

    [Fact]
    public async Task A_clock_that_is_an_hour_wrong_does_no_harm()
    {
        await using var exchange = await StartAsync();
        var clock = new ManualClock();
        exchange.ShowTime(() => clock.GetUtcNow().AddHours(-1));
        using var connected = new Connected(exchange.Address, clock);
        await connected.Rest.SendAsync(ReadAccount, null, Text, Ending);
        Assert.Equal(clock.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds(), exchange.At("GET /api/v3/account")[0].Timestamp);
        Assert.Equal(TimeSpan.FromHours(-1), connected.Rest.Clock.Offset);
    }

    [Theory]
    [InlineData(RequestNature.Read, 0, 2)]
    [InlineData(RequestNature.Cancel, 0, 2)]
    [InlineData(RequestNature.Order, 0, 1)]
    [InlineData(RequestNature.Order, 2_000, 2)]
    public async Task A_wrong_time_is_measured_anew_and_sent_again_once_an_order_only_if_the_clock_was_wrong(RequestNature nature, int wrongByMs, int times)
    {
        await using var exchange = await StartAsync();
        var clock = new ManualClock();
        var shift = TimeSpan.Zero;
        exchange.ShowTime(() => clock.GetUtcNow() + shift);
        exchange.On("GET /api/v3/account", WrongClock, 400);
        exchange.On("POST /api/v3/order", WrongClock, 400);
        using var connected = new Connected(exchange.Address, clock);
        Assert.Null(await connected.Rest.MeasureClockAsync(Ending));
        shift = TimeSpan.FromMilliseconds(wrongByMs);

        var call = (nature == RequestNature.Order ? PlaceOrder : ReadAccount) with { Nature = nature };
        var answer = await connected.Rest.SendAsync(call, null, Text, Ending);
        Assert.Equal((BinanceErrorKind.WrongClock, false), (answer.Error!.Kind, answer.Error.IsOutcomeUnknown));
        var asked = exchange.At($"{call.Method} {call.Path}");
        Assert.Equal(times, asked.Count);
        Assert.Equal(wrongByMs, asked[^1].Timestamp - asked[0].Timestamp);
        AssertSigned(asked[^1]);
    }

    [Fact]
    public async Task Limits_of_the_exchange_are_kept_as_its_headers_tell_them()
    {
        await using var exchange = await StartAsync();
        exchange.On("GET /api/v3/account", "{}", 200, ("X-MBX-USED-WEIGHT-1M", "5990"), ("X-MBX-ORDER-COUNT-10S", "50"));
        using var connected = new Connected(exchange.Address, new ManualClock());
        await connected.Rest.SendAsync(ReadAccount with { Cost = new RequestCost(20, 0, "main") }, null, Text, Ending);
        var kill = connected.Gate.EnterAsync(new RequestCost(11), RequestRank.Kill, Ending);
        Assert.False(kill.IsCompleted);
    }

    [Fact]
    public async Task A_start_in_a_minute_in_which_much_was_asked_learns_the_limits_at_once()
    {
        await using var exchange = await StartAsync();
        exchange.On("GET /api/v3/account", "{}", 200, ("X-MBX-USED-WEIGHT-1M", "3500"));
        using var connected = new Connected(exchange.Address, new ManualClock());
        await connected.Rest.SendAsync(ReadAccount with { Cost = new RequestCost(20, 0, "main") }, null, Text, Ending);
        Assert.True(connected.Gate.EnterAsync(new RequestCost(20), RequestRank.Data, Ending).IsCompleted);
    }

    [Theory]
    [InlineData(429, StandstillReason.TooManyRequests)]
    [InlineData(418, StandstillReason.Banned)]
    [InlineData(403, StandstillReason.Blocked)]
    public async Task A_refusal_of_the_whole_address_stops_everything_as_long_as_told(int status, StandstillReason reason)
    {
        await using var exchange = await StartAsync();
        var clock = new ManualClock();
        exchange.ShowTime(clock.GetUtcNow);
        exchange.On("GET /api/v3/account", "", status, ("Retry-After", "150"));
        using var connected = new Connected(exchange.Address, clock);
        await connected.Rest.SendAsync(ReadAccount, null, Text, Ending);
        Assert.Equal(new Standstill(reason, clock.GetUtcNow().UtcDateTime.AddSeconds(150)), connected.Gate.Standstill);

        using var patience = new CancellationTokenSource();
        var order = connected.Rest.SendAsync(PlaceOrder, null, Text, patience.Token);
        await patience.CancelAsync();
        var error = (await order).Error!;
        Assert.Equal((BinanceErrorKind.NotSent, false, "The request was not sent: Binance wants no requests until 2026-01-01 00:02:30 UTC."), (error.Kind, error.IsOutcomeUnknown, error.Sentence));
        Assert.Empty(exchange.At("POST /api/v3/order"));
    }

    [Fact]
    public async Task An_order_whose_answer_does_not_come_in_time_is_unknown()
    {
        await using var exchange = await StartAsync();
        var clock = new ManualClock();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        exchange.On("POST /api/v3/order", async (_, context) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var connected = new Connected(exchange.Address, clock);
        var order = connected.Rest.SendAsync(PlaceOrder, null, Text, Ending);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(15));
        var error = (await order).Error!;
        Assert.Equal((BinanceErrorKind.NoAnswer, true, "127.0.0.1 has not answered. Whether it was done is unknown and is looked up; it is not sent again blindly."), (error.Kind, error.IsOutcomeUnknown, error.Sentence));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[1]")]
    public async Task An_order_with_an_answer_that_is_none_is_unknown(string body)
    {
        await using var exchange = await StartAsync();
        exchange.On("POST /api/v3/order", body);
        using var connected = new Connected(exchange.Address);
        var error = (await connected.Rest.SendAsync(PlaceOrder, null, json => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("symbol").GetString()!, Ending)).Error!;
        Assert.Equal((BinanceErrorKind.Unreadable, true), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task Without_a_key_nothing_signed_is_sent()
    {
        await using var exchange = await StartAsync();
        using var connected = new Connected(exchange.Address, secret: null);
        Assert.Equal("This call needs an API key, and none is set; store one with 'trader secrets'.", (await connected.Rest.SendAsync(ReadAccount, null, Text, Ending)).Error!.Sentence);
        Assert.Empty(exchange.All);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static void AssertSigned(Asked asked, string secret = TestKeys.Secret)
    {
        using var credentials = ApiCredentials.From(TestKeys.ApiKey, secret);
        var payload = asked.Text[..asked.Text.IndexOf("&signature=", StringComparison.Ordinal)];
        var room = new byte[credentials.Signer.LongestSignature];
        Assert.Equal(Encoding.ASCII.GetString(room, 0, credentials.Signer.Sign(Encoding.UTF8.GetBytes(payload), room)), asked["signature"]);
    }

    private static async Task<TestExchange> StartAsync()
    {
        var exchange = await TestExchange.StartAsync();
        exchange.ShowTime(TimeProvider.System.GetUtcNow);
        exchange.On("GET /api/v3/account", "{}");
        exchange.On("POST /api/v3/order", "{}");
        return exchange;
    }
}
