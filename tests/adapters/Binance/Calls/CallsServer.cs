using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Tests.Binance.Rest;

namespace OrleansTrader.Adapters.Tests.Binance.Calls;

/// <summary>All calls of a client, against a real server that answers what the test says.</summary>
internal sealed class CallsServer : IAsyncDisposable
{
    private readonly Connected _connected;

    private CallsServer(TestExchange exchange, TimeProvider time)
    {
        Exchange = exchange;
        exchange.ShowTime(time.GetUtcNow);
        _connected = new Connected(exchange.Address, time);
        Market = new MarketCalls(_connected.Rest, new CacheOptions(), time);
        Account = new AccountCalls(_connected.Rest, new CacheOptions(), time);
        Orders = new OrderCalls(_connected.Rest);
    }

    public TestExchange Exchange { get; }

    public MarketCalls Market { get; }

    public AccountCalls Account { get; }

    public OrderCalls Orders { get; }

    public Adapters.Binance.Limits.RateGate Gate => _connected.Gate;

    public static async Task<CallsServer> StartAsync(TimeProvider? time = null) => new(await TestExchange.StartAsync(), time ?? TimeProvider.System);

    /// <summary>The value of an answer, which must have one.</summary>
    public static T ValueOf<T>(Answer<T> answer)
    {
        Assert.True(answer.TryGet(out var value), answer.Error?.Sentence);
        return value!;
    }

    /// <summary>What was asked at a place, without time and signature.</summary>
    public string AskedAt(string place)
    {
        var text = Exchange.At(place)[^1].Text;
        var end = text.IndexOf("recvWindow=", StringComparison.Ordinal);
        return end < 0 ? text : text[..end].TrimEnd('&');
    }

    public async ValueTask DisposeAsync()
    {
        _connected.Dispose();
        await Exchange.DisposeAsync();
    }
}
