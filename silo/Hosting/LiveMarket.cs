using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Connects the service with the market of Binance; needs no key.</summary>
internal static class LiveMarket
{
    /// <summary>Waits for the exchange's first answers.</summary>
    /// <exception cref="Adapters.Feeds.MarketFeedException">The exchange cannot be asked, or has not what is asked for.</exception>
    public static BinanceFeed Connect(BinanceSettings binance, Interval interval, IReadOnlyList<string> symbols)
    {
        var (options, time) = (binance.ToOptions(), TimeProvider.System);
        // They live as long as the process.
        var gate = new RateGate(new RateLimitOptions(), time);
        var clock = new ExchangeClock(time);
        var rest = new RestConnection(RestTransport.Create(options), gate, clock, options, credentials: null, account: "", time);
        var market = new MarketCalls(rest, new CacheOptions(), time);
        StreamsOpener? streams = binance.HasStreams ? (listener, log) => new MarketStreams(listener, options, new StreamOptions(), gate, time, log) : null;
        // A start has nothing else to do, and no thread waits for another here.
        return BinanceFeed.ConnectAsync(market, binance.PlaceName, interval, symbols, binance.ToFeedOptions(), streams, () => clock.Now, time).GetAwaiter().GetResult();
    }
}
