using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Tests.Binance;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>The exchange and the client in one process, on one thread and in virtual time.</summary>
public class InProcessTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_thread_in_virtual_time()
    {
        var first = Story(seed: 11);
        foreach (var part in (string[])["DropAfter 500", "TimeoutBefore 504", "\"status\":\"FILLED\"", "\"x\":\"TRADE\"", "\"e\":\"kline\"", "X-MBX-USED-WEIGHT", "depthUpdate"]) Assert.Contains(part, first, StringComparison.Ordinal);
        Assert.Equal(first, Story(seed: 11));
        Assert.NotEqual(first, Story(seed: 12), StringComparer.Ordinal);
    }

    /// <summary>All that the exchange sends in twenty minutes in which a client trades every five seconds.</summary>
    private static string Story(int seed)
    {
        var thread = Environment.CurrentManagedThreadId;
        var text = new StringBuilder();
        void Write(string line)
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            text.AppendLine(line);
        }

        var clock = new ManualClock();
        var options = Visitor.Options();
        (options.Seed, options.Market.HistoryBars) = (seed, 50);
        (options.Faults.Latency, options.Faults.LatencyMilliseconds, options.Faults.DropAfter, options.Faults.TimeoutBefore) = (0.5, 3_000, 0.1, 0.1);
        options.Faults.Operations = ["order."];
        (options.Faults.Events.Delayed, options.Faults.Events.Lost, options.Faults.Streams.Doubled) = (0.2, 0.1, 0.1);
        var exchange = new SimulatedExchange(options, new SyntheticFeed(seed, Interval.OneMinute, ["BTCUSDT", "ETHUSDT"]), clock);
        using var pump = clock.CreateTimer(_ => exchange.Advance(), null, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10));
        var (api, _) = exchange.Connect("/ws-api/v3", "", "127.0.0.1", new Line(Write));
        using (api)
        using (var streams = exchange.Connect("/stream", "streams=btcusdt@kline_1m/ethusdt@depth@100ms/btcusdt@aggTrade", "127.0.0.1", new Line(Write)).Session)
        using (var http = new HttpClient(new InProcessHandler(exchange, clock, Write)) { BaseAddress = new Uri("http://exchange.invalid"), Timeout = Timeout.InfiniteTimeSpan })
        using (var gate = new RateGate(new RateLimitOptions(), clock))
        using (var credentials = ApiCredentials.From(Visitor.ApiKey, Visitor.Secret))
        {
            var binance = new BinanceOptions { RestUrl = http.BaseAddress };
            var rest = new RestConnection(http, gate, new ExchangeClock(clock), binance, credentials, "main", clock);
            new OneThread(clock).Run(() => TradeAsync(rest, api!, clock, seed));
        }

        return text.ToString();
    }

    private static async Task TradeAsync(RestConnection rest, IClientSession api, ManualClock clock, int seed)
    {
        var random = new Random(seed);
        var now = new DateTimeOffset(clock.GetUtcNow().UtcDateTime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        api.Receive($$$"""{"id":1,"method":"userDataStream.subscribe.signature","params":{"apiKey":"{{{Visitor.ApiKey}}}","timestamp":{{{now}}},"signature":"{{{Visitor.Signature($"apiKey={Visitor.ApiKey}&timestamp={now}")}}}"}}""");
        var (orders, account) = (new OrderCalls(rest), new AccountCalls(rest, new CacheOptions(), clock));
        for (var number = 0; number < 120; number++)
        {
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var ticket = new OrderTicket { Symbol = "BTCUSDT", Side = side, Type = BinanceOrderType.Market, ClientOrderId = string.Create(CultureInfo.InvariantCulture, $"in-{number}"), Quantity = 0.001m };
            var placed = orders.PlaceAsync(ticket, RequestRank.Entry);
            var found = account.OrderAsync(OrderName.Of("BTCUSDT", ticket.ClientOrderId));
            await Task.WhenAll(placed, found);
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
        }
    }

    private sealed class Line(Action<string> write) : IClientLine
    {
        public void Send(byte[] message, TimeSpan delay) => write($"{delay.TotalMilliseconds} {Encoding.UTF8.GetString(message)}");

        public void Close(int code, string reason) => write($"closed {code}");
    }
}
