using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market.Books;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Feed;

/// <summary>Order books at the exchange to rehearse at, over real sockets.</summary>
public sealed class LiveBooksTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";

    private readonly ScaledTimeProvider _quick = new(TimeProvider.System, DateTimeOffset.UnixEpoch, speed: 10);
    private readonly WarningLog<LiveBooks> _log = new();
    private Visitor _visitor = null!;
    private Connected _connected = null!;
    private LiveBooks _books = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Range(0, 90).Select(minute => 100.0 + (minute % 7))]));
        _connected = new Connected(_visitor.Server.Address, _quick);
        var binance = new BinanceOptions { StreamUrl = new UriBuilder(_visitor.Server.Address) { Scheme = "ws" }.Uri };
        _books = new LiveBooks(
            new MarketCalls(_connected.Rest, new CacheOptions(), _quick),
            (listener, log) => new MarketStreams(listener, binance, new StreamOptions { SilentSeconds = 3_600 }, _connected.Gate, _quick, log), _log, _quick, levels: 100);
    }

    public async ValueTask DisposeAsync()
    {
        await _books.DisposeAsync();
        _connected.Dispose();
        await _visitor.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_listened_to_before_a_symbol_is_followed()
    {
        Assert.False(_books.TryLook(Symbol, book => book.Mid, out _));
        Assert.Equal(0, (await _visitor.ControlAsync("GET", "state")).Number("connections"));
        _books.Follow(Symbol);
        await UntilEqualAsync();
        Assert.True(_books.TryLook(Symbol, book => book.DepthWithin(10), out var depth));
        Assert.True(depth is { BidNotional: > 0, AskNotional: > 0 });
        _books.Leave(Symbol);
        Assert.False(_books.TryLook(Symbol, book => book.Mid, out _));
    }

    [Theory]
    [InlineData("""{"streams":{"lost":0.2,"doubled":0.2,"swapped":0.2}}""")]
    [InlineData("""{"streams":{"lost":0.1,"delayed":0.2,"delayMilliseconds":100,"disconnected":0.02}}""")]
    public async Task Whatever_the_streams_do_a_known_book_is_that_of_the_exchange(string faults)
    {
        _books.Follow(Symbol);
        await UntilEqualAsync();
        await _visitor.ControlAsync("PUT", "faults", faults);
        for (var round = 0; round < 150; round++)
        {
            _visitor.Time.Pass(TimeSpan.FromSeconds(2));
            _ = await IsEqualAsync();
        }

        await _visitor.ControlAsync("DELETE", "faults");
        await UntilEqualAsync();
    }

    private async Task UntilEqualAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await IsEqualAsync())
        {
            _visitor.Time.Pass(TimeSpan.FromSeconds(1));
            await Task.Delay(10, deadline.Token);
        }
    }

    /// <summary>False while the book is not known, or not yet as new as that of the exchange; where it is as new, it must be the same.</summary>
    private async Task<bool> IsEqualAsync()
    {
        var truth = (await _visitor.GetAsync("/api/v3/depth", $"symbol={Symbol}&limit=100")).Json;
        if (!_books.TryLook(Symbol, book => (book.LastUpdateId, Bids: book.Bids.ToArray(), Asks: book.Asks.ToArray()), out var mine) || mine.LastUpdateId != truth.GetProperty("lastUpdateId").GetInt64()) return false;
        Assert.Equal(LevelsOf(truth, "bids"), mine.Bids);
        Assert.Equal(LevelsOf(truth, "asks"), mine.Asks);
        return true;
    }

    // The best last, as a local book has them.
    private static PriceLevel[] LevelsOf(JsonElement book, string side) => [.. book.GetProperty(side).EnumerateArray().Reverse().Select(level => new PriceLevel(NumberOf(level[0]), NumberOf(level[1])))];

    private static decimal NumberOf(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
