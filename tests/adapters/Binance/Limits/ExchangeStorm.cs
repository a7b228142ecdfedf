using System.Collections.Concurrent;
using System.Globalization;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Limits;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Adapters.Tests.Binance.Limits;

/// <summary>The client at an exchange of small limits, over real sockets, with requests of all ranks.</summary>
internal sealed class ExchangeStorm : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeaderLog _headers;
    private readonly HttpClient _http;
    private readonly ApiCredentials _credentials = ApiCredentials.From(Visitor.ApiKey, Visitor.Secret);
    private readonly MarketCalls _market;
    private readonly OrderCalls _orders;
    private readonly AccountCalls _account;
    private readonly TimeProvider _clock;
    private int _number;

    private ExchangeStorm(ExchangeServer server, TimeProvider clock)
    {
        var standard = new RateLimitOptions();
        // REST tells all limits but that of connections, which is the client's own knowledge.
        var connections = new RateLimit(RateLimitKind.Connections, TimeSpan.FromMinutes(5), server.Exchange.Options.Limits.Connections);
        (Server, _clock) = (server, clock);
        Binance = new BinanceOptions { RestUrl = server.Address, StreamUrl = new UriBuilder(server.Address) { Scheme = "ws" }.Uri, RecvWindowMs = 60_000, TimeoutSeconds = 120 };
        Gate = new RateGate(new RateLimitOptions { Initial = [.. standard.Initial.Where(limit => limit.Kind != RateLimitKind.Connections), connections] }, clock);
        _headers = new HeaderLog(new SocketsHttpHandler());
        _http = new HttpClient(_headers) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        var rest = new RestConnection(_http, Gate, new ExchangeClock(clock), Binance, _credentials, "first", clock);
        (_market, _orders, _account) = (new MarketCalls(rest, new CacheOptions { ExchangeInfoSeconds = 1 }, clock), new OrderCalls(rest), new AccountCalls(rest, new CacheOptions(), clock));
    }

    public ExchangeServer Server { get; }

    public BinanceOptions Binance { get; }

    public RateGate Gate { get; }

    /// <summary>What was asked, by rank.</summary>
    public ConcurrentBag<Asked> All { get; } = [];

    /// <summary>How often the exchange refused or hung up since somebody asked too much.</summary>
    public long Excesses => Server.Exchange.Do(() => Server.Exchange.Floor.Limits.Excesses);

    /// <summary>The most weight that the exchange told to have counted within a minute.</summary>
    public int HeaviestMinute => _headers.Heaviest;

    /// <summary>The limits that the client has learnt from the exchange hold from its first request on.</summary>
    public static async Task<ExchangeStorm> BeginAsync(TimeProvider clock, Action<LimitOptions> limits, params string[] symbols)
    {
        var options = Visitor.Options(options => limits(options.Limits));
        options.Accounts[0].Balances["USDT"] = 1_000_000;
        var server = await ExchangeServer.StartAsync(options, new SyntheticFeed(5, Interval.OneMinute, symbols), clock: clock, cancellation: TestContext.Current.CancellationToken);
        var storm = new ExchangeStorm(server, clock);
        Assert.Null((await storm._market.ExchangeInfoAsync(cancellation: TestContext.Current.CancellationToken)).Error);
        Assert.Null((await storm._market.ClockOffsetAsync(TestContext.Current.CancellationToken)).Error);
        return storm;
    }

    /// <summary>Looks at a book, at a weight of 5.</summary>
    public void Look(string symbol) => Note(RequestRank.Data, isOrder: false, _market.DepthAsync(symbol, 100, TestContext.Current.CancellationToken));

    /// <summary>Looks for an order, at a weight of 4.</summary>
    public void Find(string symbol) => Note(RequestRank.Exit, isOrder: false, _account.OrderAsync(new OrderName(symbol, 1), TestContext.Current.CancellationToken));

    /// <summary>Places an order that rests far from the price.</summary>
    public void Place(string symbol, RequestRank rank) => Note(rank, isOrder: true, _orders.PlaceAsync(
        new OrderTicket
        {
            Symbol = symbol,
            Side = OrderSide.Buy,
            Type = BinanceOrderType.Limit,
            TimeInForce = TimeInForce.Gtc,
            Quantity = 0.001m,
            Price = 20_000,
            ClientOrderId = string.Create(CultureInfo.InvariantCulture, $"{rank}-{Interlocked.Increment(ref _number)}"),
        },
        rank,
        TestContext.Current.CancellationToken));

    /// <summary>Waits until all that was let go is answered; whoever waits for room goes on waiting.</summary>
    public Task SettleAsync() => UntilAsync(() => All.Count(asked => !asked.Answered.IsCompleted) == Gate.Waiting);

    public static async Task UntilAsync(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "It did not come about in time.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Dispose();
        _http.Dispose();
        _credentials.Dispose();
        await Server.DisposeAsync();
    }

    private void Note<T>(RequestRank rank, bool isOrder, Task<Answer<T>> answer) => All.Add(new Asked(rank, isOrder, TimedAsync(answer)));

    private async Task<(DateTimeOffset At, BinanceError? Error)> TimedAsync<T>(Task<Answer<T>> answer)
    {
        var error = (await answer).Error;
        return (_clock.GetUtcNow(), error);
    }

    /// <param name="Answered">When, and with what.</param>
    public sealed record Asked(RequestRank Rank, bool IsOrder, Task<(DateTimeOffset At, BinanceError? Error)> Answered);

    private sealed class HeaderLog(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private int _heaviest;

        public int Heaviest => Volatile.Read(ref _heaviest);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var values))
            {
                var used = int.Parse(values.Single(), CultureInfo.InvariantCulture);
                for (var seen = Heaviest; used > seen && Interlocked.CompareExchange(ref _heaviest, used, seen) != seen; seen = Heaviest)
                {
                    // Another answer came in between.
                }
            }

            return response;
        }
    }
}
