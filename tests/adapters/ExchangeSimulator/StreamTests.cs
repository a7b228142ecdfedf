using System.Net.WebSockets;
using System.Text.Json;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Streams of the market over real sockets.</summary>
public class StreamTests
{
    [Fact]
    public async Task A_candle_is_told_as_it_grows_and_once_more_when_it_closes()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 110, 105));
        await using var listener = await visitor.ListenAsync("/ws/btcusdt@kline_1m?timeUnit=MICROSECOND");

        visitor.Time.Pass(TimeSpan.FromSeconds(120));
        var growing = await listener.NextAsync();
        Assert.False(growing.GetProperty("k").GetProperty("x").GetBoolean());
        await listener.NextAsync(IsClosed);
        var second = (await listener.NextAsync(IsClosed)).GetProperty("k");

        Assert.Equal("100.00000000 110.00000000 110.00000000 100.00000000 6.20000000", string.Join(' ', "ochlv".Select(key => second.GetProperty($"{key}").GetString())));
        Assert.Equal((1767225660000_000, 1767225719999_999, 31), (second.GetProperty("t").GetInt64(), second.GetProperty("T").GetInt64(), second.GetProperty("n").GetInt64()));
        Assert.Equal(second.GetProperty("L").GetInt64() - second.GetProperty("f").GetInt64() + 1, second.GetProperty("n").GetInt64());

        static bool IsClosed(JsonElement message) => message.GetProperty("k").GetProperty("x").GetBoolean();
    }

    [Fact]
    public async Task Streams_are_joined_left_and_listed_by_message()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws");

        Assert.Equal("""{"result":null,"id":7}""", (await listener.AskAsync("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth@100ms"],"id":7}""")).GetRawText());
        Assert.Equal("""{"result":["btcusdt@aggTrade","btcusdt@depth@100ms"],"id":8}""", (await listener.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":8}""")).GetRawText());
        Assert.Equal("""{"result":null,"id":"nine"}""", (await listener.AskAsync("""{"method":"UNSUBSCRIBE","params":["btcusdt@depth@100ms"],"id":"nine"}""")).GetRawText());
        Assert.Equal("""{"result":false,"id":10}""", (await listener.AskAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":10}""")).GetRawText());
        visitor.Time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal("""{"result":null,"id":11}""", (await listener.AskAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":11}""")).GetRawText());
        Assert.Equal("""{"code":2,"msg":"Invalid request: invalid stream","id":12}""", (await listener.AskAsync("""{"method":"SUBSCRIBE","params":["BTCUSDT@aggTrade"],"id":12}""")).GetRawText());
        Assert.Equal(3, (await listener.AskAsync("nonsense")).GetProperty("code").GetInt32());
        Assert.StartsWith("Invalid request: unknown variant `HELLO`", (await listener.AskAsync("""{"method":"HELLO","id":13}""")).GetProperty("msg").GetString(), StringComparison.Ordinal);
        visitor.Time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal("btcusdt@aggTrade", (await listener.NextAsync(message => message.TryGetProperty("stream", out _))).GetProperty("stream").GetString());
    }

    [Fact]
    public async Task A_book_that_is_kept_from_the_stream_is_the_book_of_the_exchange()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300, 64200));
        await using var listener = await visitor.ListenAsync("/ws/btcusdt@depth@100ms");
        var book = new LocalBook();
        visitor.Time.Pass(TimeSpan.FromSeconds(3));
        book.Apply(Change(await listener.NextAsync()));
        var snapshot = (await visitor.GetAsync("/api/v3/depth", "symbol=BTCUSDT&limit=5000")).Json;
        book.Load(new BookSnapshot(snapshot.GetProperty("lastUpdateId").GetInt64(), Levels(snapshot, "bids"), Levels(snapshot, "asks")));

        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64111.11");
        visitor.Time.Pass(TimeSpan.FromSeconds(81));
        var last = (await visitor.GetAsync("/api/v3/depth", "symbol=BTCUSDT&limit=5000")).Json;
        while (book.LastUpdateId < last.GetProperty("lastUpdateId").GetInt64())
        {
            Assert.NotEqual(BookOutcome.ResyncNeeded, book.Apply(Change(await listener.NextAsync())));
            // The last changes are told with the next tenth of a second.
            visitor.Time.Pass(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(book.IsKnown);
        Assert.Contains(new PriceLevel(64111.11m, 0.02m), book.Bids.ToArray());
        last = (await visitor.GetAsync("/api/v3/depth", "symbol=BTCUSDT&limit=5000")).Json;
        while (book.LastUpdateId < last.GetProperty("lastUpdateId").GetInt64()) book.Apply(Change(await listener.NextAsync()));
        Assert.Equal(Levels(last, "bids").Reverse(), book.Bids.ToArray());
        Assert.Equal(Levels(last, "asks").Reverse(), book.Asks.ToArray());
    }

    [Fact]
    public async Task Who_talks_too_much_or_stays_too_long_is_disconnected()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Limits.Connections = 2);
        await using var talker = await visitor.ListenAsync("/ws");
        await using var stayer = await visitor.ListenAsync("/stream");

        for (var i = 0; i < 5; i++) await talker.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await talker.SayAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await talker.EndAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, talker.CloseStatus);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => visitor.ListenAsync("/ws"));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);

        visitor.Time.Pass(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await visitor.GetAsync("/api/v3/ping");
        Assert.Null(stayer.CloseStatus);
        visitor.Time.Pass(TimeSpan.FromSeconds(1));
        await stayer.EndAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, stayer.CloseStatus);
    }

    [Fact]
    public async Task So_many_streams_and_no_more()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Limits.Streams = 2);
        await using var listener = await visitor.ListenAsync("/ws/btcusdt@trade/btcusdt@aggTrade");

        Assert.Equal(2, (await listener.AskAsync("""{"method":"SUBSCRIBE","params":["btcusdt@ticker"],"id":1}""")).GetProperty("code").GetInt32());
        Assert.Equal("""{"result":["btcusdt@aggTrade","btcusdt@trade"],"id":2}""", (await listener.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""")).GetRawText());
    }

    [Fact]
    public async Task Everybody_is_told_before_the_exchange_goes_down()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var alone = await visitor.ListenAsync("/ws");
        await using var combined = await visitor.ListenAsync("/stream");
        await using var api = await visitor.ListenAsync("/ws-api/v3");

        await visitor.ControlAsync("POST", "shutdown");

        Assert.Equal("""{"e":"serverShutdown","E":1767225600000}""", (await alone.NextAsync()).GetRawText());
        Assert.Equal("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1767225600000}}""", (await combined.NextAsync()).GetRawText());
        Assert.Equal("""{"event":{"e":"serverShutdown","E":1767225600000}}""", (await api.NextAsync()).GetRawText());
    }

    private static BookChange Change(JsonElement message) =>
        new(message.GetProperty("U").GetInt64(), message.GetProperty("u").GetInt64(), Levels(message, "b"), Levels(message, "a"));

    private static PriceLevel[] Levels(JsonElement message, string side) =>
        [.. message.GetProperty(side).EnumerateArray().Select(level => new PriceLevel(Amount(level[0]), Amount(level[1])))];

    private static decimal Amount(JsonElement text) => decimal.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
