using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The line to Binance that market and account share, since the exchange counts requests by the address that they come from. Lives as long as the process.</summary>
internal sealed class ExchangeLine
{
    private readonly BinanceSettings _settings;
    private readonly RehearsalSettings _rehearsal;
    private readonly HttpClient _http;
    private readonly RateGate _gate;

    public ExchangeLine(BinanceSettings settings, RehearsalSettings rehearsal)
    {
        (_settings, _rehearsal, Options, Time) = (settings, rehearsal, settings.ToOptions(rehearsal), rehearsal.Clock);
        _http = RestTransport.Create(Options);
        _gate = new RateGate(new RateLimitOptions(), Time);
        Clock = new ExchangeClock(Time);
        // By the time of this machine, however fast that of the market runs.
        Patience = new StartPatience(TimeSpan.FromSeconds(settings.StartSeconds), TimeProvider.System, Console.Error.WriteLine);
        Market = new MarketCalls(Connect(credentials: null, account: ""), new CacheOptions(), Time);
    }

    public BinanceOptions Options { get; }

    public ExchangeClock Clock { get; }

    public TimeProvider Time { get; }

    /// <summary>How long a start waits for the exchange; there is no log yet, so the console is told.</summary>
    public StartPatience Patience { get; }

    /// <summary>How connections of streams are kept.</summary>
    public StreamOptions StreamOptions => new()
    {
        SilentSeconds = _rehearsal.AtLeast(new StreamOptions().SilentSeconds, machineSeconds: 2),
        ReplySeconds = _rehearsal.AtLeast(new StreamOptions().ReplySeconds, machineSeconds: 2),
    };

    /// <summary>How orders are sent and looked up: what is on its way here, is so in the time of this machine.</summary>
    public ExecutionOptions ExecutionOptions => new()
    {
        EntrySeconds = _rehearsal.AtLeast(new ExecutionOptions().EntrySeconds, machineSeconds: 2),
        VisibleAfterSeconds = _rehearsal.AtLeast(new ExecutionOptions().VisibleAfterSeconds, machineSeconds: 0.2),
        RulesSeconds = _rehearsal.AtLeast(new ExecutionOptions().RulesSeconds, machineSeconds: 0.2),
    };

    /// <summary>What needs no key.</summary>
    public MarketCalls Market { get; }

    /// <summary>A connection of one account.</summary>
    /// <param name="credentials">Null where only the market is looked at.</param>
    /// <param name="account">Under which name its orders are counted.</param>
    public RestConnection Connect(ApiCredentials? credentials, string account) => new(_http, _gate, Clock, Options, credentials, account, Time);

    /// <summary>Looks whose money is at stake at the exchange.</summary>
    public async Task<ExchangePlace> PlaceAsync() => _settings.At(_settings.StaysHere && await SimulatorSign.IsShownAsync(_http, new Uri(_settings.RestUrl)));

    /// <summary>Waits for the exchange's first answers.</summary>
    /// <exception cref="Adapters.Feeds.MarketFeedException">The exchange cannot be asked, or has not what is asked for.</exception>
    public BinanceFeed Feed(Interval interval, IReadOnlyList<string> symbols)
    {
        StreamsOpener? streams = _settings.HasStreams ? (listener, log) => new MarketStreams(listener, Options, StreamOptions, _gate, Time, log) : null;
        // A start has nothing else to do, and no thread waits for another here.
        return BinanceFeed.ConnectAsync(Market, _settings.PlaceName, interval, symbols, _settings.ToFeedOptions(_rehearsal), streams, () => Clock.Now, Time, Patience).GetAwaiter().GetResult();
    }
}
