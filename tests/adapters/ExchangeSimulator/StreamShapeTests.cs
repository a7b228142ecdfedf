namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Every stream of the market over real sockets, field by field as in its fixture and, where it is at hand, in the contract.</summary>
public class StreamShapeTests
{
    private static readonly Dictionary<string, (string Fixture, bool IsSample)> Streams = new(StringComparer.Ordinal)
    {
        ["btcusdt@trade"] = (Fixtures.TradeEvent, true),
        ["btcusdt@aggTrade"] = (Fixtures.AggregateEvent, true),
        ["btcusdt@kline_1s"] = (Fixtures.KlineEvent, true),
        ["btcusdt@kline_1m"] = (Fixtures.KlineEvent, true),
        ["btcusdt@kline_1h@+08:00"] = (Fixtures.KlineEvent, true),
        ["btcusdt@miniTicker"] = (Fixtures.MiniTickerEvent, true),
        ["!miniTicker@arr"] = ($"[{Fixtures.MiniTickerEvent}]", false),
        ["btcusdt@ticker"] = (Fixtures.TickerEvent, true),
        ["btcusdt@ticker_1h"] = (Fixtures.WindowTickerEvent, false),
        ["btcusdt@ticker_4h"] = (Fixtures.WindowTickerEvent, false),
        ["!ticker_1d@arr"] = ($"[{Fixtures.WindowTickerEvent}]", false),
        ["btcusdt@bookTicker"] = (Fixtures.BookTickerEvent, true),
        ["btcusdt@avgPrice"] = (Fixtures.AveragePriceEvent, false),
        ["btcusdt@depth5"] = (Fixtures.Depth, true),
        ["btcusdt@depth10"] = (Fixtures.Depth, true),
        ["btcusdt@depth20@100ms"] = (Fixtures.Depth, true),
        ["btcusdt@depth"] = (Fixtures.DepthEvent, true),
        ["btcusdt@depth@100ms"] = (Fixtures.DepthEvent, true),
    };

    public static TheoryData<string> Names => [.. Streams.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_stream_speaks_as_in_the_contract_alone_and_combined(string stream)
    {
        var (fixture, isSample) = Streams[stream];
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300, 64200));
        await using var alone = await visitor.ListenAsync($"/ws/{stream}");
        await using var combined = await visitor.ListenAsync($"/stream?streams={Uri.EscapeDataString(stream)}");

        visitor.Time.Pass(TimeSpan.FromSeconds(70));

        var heard = await alone.NextAsync();
        Sample.Fits(fixture, heard);
        if (isSample && ContractFile.Samples is { } samples) Assert.True(samples.Any(sample => Sample.IsLike(sample, heard)), $"The contract has no sample like {heard.GetRawText()}");
        var envelope = await combined.NextAsync();
        Assert.Equal("stream,data", string.Join(',', envelope.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(stream, envelope.GetProperty("stream").GetString());
        Sample.Fits(fixture, envelope.GetProperty("data"));
    }

    [Theory]
    [InlineData("!ticker@arr")]
    [InlineData("!bookTicker")]
    [InlineData("!ticker_2h@arr")]
    [InlineData("btcusdt@referencePrice")]
    [InlineData("btcusdt@blockTrade")]
    [InlineData("btcusdt@depth7")]
    [InlineData("nosuch@trade")]
    public async Task A_stream_that_is_not_served_is_refused(string stream)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250));
        await using var listener = await visitor.ListenAsync("/ws");

        Assert.Equal("""{"code":2,"msg":"Invalid request: invalid stream","id":1}""", (await listener.AskAsync($$"""{"method":"SUBSCRIBE","params":["{{stream}}"],"id":1}""")).GetRawText());
    }

    [Fact]
    public async Task An_error_may_come_wrapped_as_it_was_recorded()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(64250), options => options.Assumptions.WrapsStreamErrors = true);
        await using var listener = await visitor.ListenAsync("/ws");

        Sample.Fits(Fixtures.WrappedError, await listener.AskAsync("""{"method":"SUBSCRIBE","params":["nosuch@trade"],"id":1}"""));
    }
}
