using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

public sealed class MarketMessageReaderTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Heard _heard = new();
    private readonly MarketMessageReader _reader;

    public MarketMessageReaderTests()
    {
        _reader = new MarketMessageReader(_heard, TimeProvider.System);
        foreach (var name in Names()) _reader.Add(name);
    }

    [Fact]
    public void Each_stream_is_read_as_the_contract_writes_it()
    {
        Assert.Equal(MessageKind.Data, Read(StreamJson.On("btcusdt@kline_1m", StreamJson.Kline)));
        Assert.Equal(MessageKind.Data, Read(StreamJson.On("btcusdt@bookTicker", StreamJson.BookTop)));
        Assert.Equal(MessageKind.Data, Read(StreamJson.On("btcusdt@miniTicker", StreamJson.MiniTicker)));
        Assert.Equal(MessageKind.Data, Read(StreamJson.On("btcusdt@aggTrade", StreamJson.AggregateTrade)));
        Assert.Equal(MessageKind.Data, Read(StreamJson.On("btcusdt@depth@100ms", StreamJson.Depth)));
        Assert.All(_heard.All, heard => Assert.Equal("BTCUSDT", heard.Stream.Symbol));
        Assert.Equal(
            new KlineUpdate(
                new Kline(new Candle(Start, 64200.01, 64260, 64199.99, 64250, 12.34567), Start.AddMilliseconds(59_999), 793012.5512, 2_310, 6.1, 391800.1),
                IsFinal: true,
                Start.AddMilliseconds(60_005)),
            _heard.Of<KlineUpdate>().Single());
        Assert.Equal(new BookTop(7_300_000_151, 64249.9m, 0.731m, 64250m, 0.409m), _heard.Of<BookTop>().Single());
        Assert.Equal(new MiniTicker(Start.AddMilliseconds(1_100), 64600, 64990, 63950, 64250, 18250.12345, 1173669454), _heard.Of<MiniTicker>().Single());
        Assert.Equal(new AggregateTrade(2_900_000_001, 64250m, 0.009m, Start.AddMilliseconds(1_002), IsBuyerMaker: false), _heard.Of<AggregateTrade>().Single());
        var depth = _heard.Of<BookChange>().Single();
        Assert.Equal((7_300_000_149, 7_300_000_153, 0), (depth.FirstUpdateId, depth.LastUpdateId, depth.Asks.Length));
        Assert.Equal([new PriceLevel(64249.9m, 0.731m), new PriceLevel(64240m, 0m)], depth.Bids.ToArray());
    }

    [Fact]
    public void A_message_that_came_before_is_not_passed_on_again_whichever_connection_brings_it()
    {
        for (var round = 0; round < 2; round++)
        {
            Read(StreamJson.On("btcusdt@kline_1m", StreamJson.Kline));
            Read(StreamJson.On("btcusdt@kline_1m", StreamJson.Kline.Replace("\"x\":true", "\"x\":false", StringComparison.Ordinal)));
            Read(StreamJson.On("btcusdt@bookTicker", StreamJson.BookTop));
            Read(StreamJson.On("btcusdt@aggTrade", StreamJson.AggregateTrade));
            Read(StreamJson.On("btcusdt@depth@100ms", StreamJson.Depth));
        }

        Assert.Equal(4, _heard.All.Count);
        Read(StreamJson.On("btcusdt@bookTicker", StreamJson.BookTop.Replace("7300000151", "7300000152", StringComparison.Ordinal)));
        Assert.Equal(5, _heard.All.Count);
    }

    [Theory]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1767225611000}}""")]
    [InlineData("""{"e":"serverShutdown","E":1767225611000}""")]
    public void The_exchange_says_when_it_is_about_to_close(string message) => Assert.Equal(MessageKind.Shutdown, Read(message));

    [Theory]
    [InlineData("""{"result":null,"id":7}""", 7, 0, "")]
    [InlineData("""{"result":["btcusdt@aggTrade"],"id":8}""", 8, 0, "")]
    [InlineData("""{"code":2,"msg":"Invalid request: unknown variant","id":9}""", 9, 3, "Invalid request: unknown variant")]
    [InlineData("""{"code":0,"msg":"Unknown property","id":9}""", 9, 1, "Unknown property")]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request: invalid stream"},"id":2}""", 2, 3, "Invalid request: invalid stream")]
    [InlineData("""{"code":3,"msg":"Invalid JSON","id":null}""", -1, 4, "Invalid JSON")]
    public void Replies_of_all_recorded_forms_are_told_apart(string message, long id, int code, string text)
    {
        Assert.Equal(MessageKind.Reply, Read(message));
        Assert.Equal(new StreamReply(id, code, text), _reader.Reply);
    }

    [Theory]
    [InlineData("""{"stream":"ethusdt@bookTicker","data":{"u":1}}""")]
    [InlineData("""{"surprise":[{"a":"}"}]}""")]
    [InlineData("[]")]
    public void What_nobody_wants_is_passed_over(string message)
    {
        Assert.Equal(MessageKind.Other, Read(message));
        Assert.Empty(_heard.All);
    }

    [Fact]
    public void Order_of_fields_spaces_and_new_fields_do_not_matter()
    {
        Read("""{ "data" : { "x" : {"y":["]",1,null,{}]} , "A":"0.409","a":"64250","B":"0.731","b":"64249.9","s":"BTCUSDT","u":5, "new":1.5e3 } , "stream" : "btcusdt@bookTicker" }""");
        Assert.Equal(new BookTop(5, 64249.9m, 0.731m, 64250m, 0.409m), _heard.Of<BookTop>().Single());
    }

    [Fact]
    public void A_symbol_that_is_not_Latin_is_found_as_it_is_and_escaped()
    {
        _reader.Add(StreamName.BookTop("币安人生USDT"));
        Read(StreamJson.On("币安人生usdt@bookTicker", """{"u":1,"s":"币安人生USDT","b":"1","B":"1","a":"2","A":"1"}"""));
        Read(StreamJson.On(@"\u5e01\u5b89\u4eba\u751fusdt@bookTicker", """{"u":2,"s":"x","b":"1","B":"1","a":"2","A":"1"}"""));
        Assert.Equal([1, 2], _heard.Of<BookTop>().Select(top => top.UpdateId));
    }

    [Fact]
    public void A_message_that_is_cut_off_anywhere_is_broken_and_nothing_worse()
    {
        foreach (var whole in new[] { StreamJson.On("btcusdt@kline_1m", StreamJson.Kline), StreamJson.On("btcusdt@depth@100ms", StreamJson.Depth), """{"error":{"code":2,"msg":"\"x\\"},"id":2}""" })
        {
            // But for its last bracket, which the reader does not wait for.
            for (var length = 0; length < whole.Length - 1; length++)
            {
                try
                {
                    Read(whole[..length]);
                }
                catch (JsonException)
                {
                    continue;
                }

                Assert.Fail($"Passed: {whole[..length]}");
            }
        }

        Assert.Empty(_heard.All);
    }

    [Fact]
    public void Noise_is_refused_without_harm() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5_000), Prop.ForAll(Gen.Elements("{}[]\":,\\ut1-.e \0xE".ToCharArray()).ArrayOf().ToArbitrary(), noise =>
        {
            try
            {
                Read(new string(noise));
            }
            catch (JsonException)
            {
                // As it should.
            }
        }));

    [Fact]
    public void A_message_costs_no_memory()
    {
        var deaf = new Deaf();
        var reader = new MarketMessageReader(deaf, TimeProvider.System);
        foreach (var name in Names()) reader.Add(name);
        byte[][] messages =
        [
            Encoding.UTF8.GetBytes(StreamJson.On("btcusdt@kline_1m", StreamJson.Kline)), Encoding.UTF8.GetBytes(StreamJson.On("btcusdt@bookTicker", StreamJson.BookTop)),
            Encoding.UTF8.GetBytes(StreamJson.On("btcusdt@miniTicker", StreamJson.MiniTicker)), Encoding.UTF8.GetBytes(StreamJson.On("btcusdt@aggTrade", StreamJson.AggregateTrade)),
            Encoding.UTF8.GetBytes(StreamJson.On("btcusdt@depth@100ms", StreamJson.Depth)),
        ];
        foreach (var message in messages) reader.Read(message);
        // A collection on another thread counts what was left of this thread's allocation block: one clean round is proof.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => MemoryOfThousand()));
        Assert.Equal(5, deaf.Count);

        long MemoryOfThousand()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 1_000; round++)
                foreach (var message in messages)
                    reader.Read(message);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static StreamName[] Names() =>
        [StreamName.Kline("BTCUSDT", Interval.OneMinute), StreamName.BookTop("BTCUSDT"), StreamName.MiniTicker("BTCUSDT"), StreamName.AggregateTrade("BTCUSDT"), StreamName.Depth("BTCUSDT")];

    private MessageKind Read(string message) => _reader.Read(Encoding.UTF8.GetBytes(message));

    private sealed class Deaf : IMarketListener
    {
        public int Count { get; private set; }

        public void OnKline(StreamName stream, in KlineUpdate update) => Count++;

        public void OnBookTop(StreamName stream, in BookTop top) => Count++;

        public void OnMiniTicker(StreamName stream, in MiniTicker ticker) => Count++;

        public void OnTrade(StreamName stream, in AggregateTrade trade) => Count++;

        public void OnDepth(StreamName stream, in BookChange change) => Count++;

        public void OnInterrupted(IReadOnlyList<StreamName> streams) => Count++;
    }
}
