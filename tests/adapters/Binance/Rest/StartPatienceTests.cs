using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>A start whose questions fail at first. Time is moved by hand.</summary>
public class StartPatienceTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _said = [];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BinanceErrorKind.NoAnswer)]
    [InlineData(BinanceErrorKind.ServerFailed)]
    [InlineData(BinanceErrorKind.Unreachable)]
    [InlineData(BinanceErrorKind.Unreadable)]
    [InlineData(BinanceErrorKind.Overloaded)]
    [InlineData(BinanceErrorKind.TooManyRequests)]
    public async Task What_may_pass_is_asked_again_with_growing_pauses_until_patience_is_over(BinanceErrorKind kind)
    {
        var asked = new List<double>();
        var asking = Patience(30).AskAsync(() => Fail(asked, new BinanceError { Kind = kind, Sentence = "It failed." }), Ending);
        foreach (var pause in (double[])[0.5, 1, 2, 4, 8, 8, 6.5]) await PassAsync(pause);
        Assert.Equal("It failed.", (await asking).Error!.Sentence);
        // The last pause is cut short, so that it is asked once more as the time ends.
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 23.5, 30], asked);
        Assert.Equal("It failed. The start asks again in 0.5 s; Ctrl+C ends it.", _said[0]);
        Assert.Equal(7, _said.Count);
    }

    [Theory]
    [InlineData(BinanceErrorKind.BadKey)]
    [InlineData(BinanceErrorKind.KeyRefused)]
    [InlineData(BinanceErrorKind.BadSignature)]
    [InlineData(BinanceErrorKind.WrongClock)]
    [InlineData(BinanceErrorKind.Blocked)]
    [InlineData(BinanceErrorKind.Banned)]
    [InlineData(BinanceErrorKind.Rejected)]
    public async Task What_asking_again_does_not_change_is_told_at_once(BinanceErrorKind kind)
    {
        var asked = new List<double>();
        Assert.Equal(kind, (await Patience(30).AskAsync(() => Fail(asked, new BinanceError { Kind = kind }), Ending)).Error!.Kind);
        Assert.Single(asked);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_time_that_the_exchange_names_is_waited_for_unless_it_is_beyond_all_patience()
    {
        var asked = new List<double>();
        var asking = Patience(30).AskAsync(() => Fail(asked, new BinanceError { Kind = BinanceErrorKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(asked.Count == 0 ? 12 : 60) }), Ending);
        await PassAsync(12);
        Assert.NotNull((await asking).Error);
        Assert.Equal([0, 12], asked);
    }

    [Fact]
    public async Task Without_patience_it_is_asked_once_and_who_ends_the_wait_is_heard()
    {
        var asked = new List<double>();
        await Patience(0).AskAsync(() => Fail(asked, new BinanceError { Kind = BinanceErrorKind.NoAnswer }), Ending);
        Assert.Single(asked);
        using var stop = new CancellationTokenSource();
        var asking = Patience(30).AskAsync(() => Fail(asked, new BinanceError { Kind = BinanceErrorKind.NoAnswer }), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task An_exchange_that_comes_up_five_seconds_later_is_started_with()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]));
        using var start = new Start(visitor, _clock, isAway: asked => _clock.Elapsed < TimeSpan.FromSeconds(5));
        var connecting = start.FeedAsync(Patience(30), "BTCUSDT");
        foreach (var pause in (double[])[0.5, 1, 2, 4]) await PassAsync(pause);
        using var feed = await connecting;
        Assert.Equal("BTCUSDT", Assert.Single(feed.Symbols).Symbol);
        Assert.StartsWith($"Binance cannot be reached at {visitor.Server.Address.Authority}: no connection came about; check the network, the firewall and the setting Binance:RestUrl. The start asks again in 0.5 s", _said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_question_of_a_start_may_be_lost_once()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]));
        var asked = new HashSet<string>(StringComparer.Ordinal);
        using var start = new Start(visitor, _clock, isAway: asked.Add);
        var checking = CheckAsync();
        // The clock, the symbols, the account, the key's rights and the order that is only tried: the clock is known by then.
        for (var question = 0; question < 5; question++) await PassAsync(0.5);
        var report = await checking;
        Assert.Null(report.Problem);
        Assert.NotNull(report.Account);
        Assert.Equal(5, _said.Count);

        async Task<AccountReport> CheckAsync()
        {
            using var feed = await start.FeedAsync(Patience(30), "BTCUSDT");
            return await start.CheckAsync(Patience(30));
        }
    }

    [Fact]
    public async Task Of_several_symbols_those_are_named_that_the_exchange_does_not_have()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]));
        using var start = new Start(visitor, _clock, isAway: _ => false);
        foreach (var (sentence, symbols) in new (string, string[])[]
        {
            ("Binance has no symbols NONEUSDT, WRONGUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.", ["WRONGUSDT", "BTCUSDT", "NONEUSDT"]),
            ("Binance has no symbol NONEUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.", ["BTCUSDT", "NONEUSDT"]),
            ("Binance has no symbol NONEUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.", ["NONEUSDT"]),
        }) Assert.Equal(sentence, (await Assert.ThrowsAsync<MarketFeedException>(() => start.FeedAsync(StartPatience.None, symbols))).Message);
    }

    private StartPatience Patience(double seconds) => new(TimeSpan.FromSeconds(seconds), _clock, _said.Add);

    private async Task PassAsync(double seconds)
    {
        await _clock.UntilWaitedForAsync(TimeSpan.FromSeconds(seconds), Ending);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    private Task<Answer<int>> Fail(List<double> asked, BinanceError error)
    {
        asked.Add(_clock.Elapsed.TotalSeconds);
        return Task.FromResult<Answer<int>>(new Answer<int>.Failed(error));
    }

    /// <summary>What a start asks, over a network that is away for some of it.</summary>
    private sealed class Start : IDisposable
    {
        private readonly ManualClock _clock;
        private readonly HttpClient _http;
        private readonly RateGate _gate;
        private readonly ApiCredentials _credentials = ApiCredentials.From(Visitor.ApiKey, Visitor.Secret);
        private readonly RestConnection _rest;
        private readonly MarketCalls _market;

        public Start(Visitor visitor, ManualClock clock, Func<string, bool> isAway)
        {
            _clock = clock;
            _http = new HttpClient(new Network(isAway));
            _gate = new RateGate(new RateLimitOptions(), clock);
            var options = new BinanceOptions { RestUrl = visitor.Server.Address };
            _rest = new RestConnection(_http, _gate, new ExchangeClock(clock), options, _credentials, "main", clock);
            _market = new MarketCalls(_rest, new CacheOptions(), clock);
        }

        public Task<BinanceFeed> FeedAsync(StartPatience patience, params string[] symbols) =>
            BinanceFeed.ConnectAsync(_market, "test", Interval.OneMinute, symbols, new BinanceFeedOptions(), open: null, () => _clock.GetUtcNow().UtcDateTime, _clock, patience, Ending);

        public async Task<AccountReport> CheckAsync(StartPatience patience)
        {
            _ = (await _market.ExchangeInfoAsync(["BTCUSDT"], Ending)).TryGet(out var info);
            var check = new AccountCheck(new AccountCalls(_rest, new CacheOptions(), _clock), new OrderCalls(_rest), new OrderNames("live"), new AccountCheckOptions { ClockSeconds = 0 }, patience);
            return await check.CheckAsync([.. info!.Symbols.Values], Ending);
        }

        public void Dispose()
        {
            _gate.Dispose();
            _http.Dispose();
            _credentials.Dispose();
        }
    }

    private sealed class Network(Func<string, bool> isAway) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            isAway(request.RequestUri!.AbsolutePath) ? throw new HttpRequestException(HttpRequestError.ConnectionError) : base.SendAsync(request, cancellationToken);
    }
}
