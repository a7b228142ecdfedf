#if !ORLEANS
using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Embedded;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Markets;
using Exchange = OrleansTrader.ExchangeSimulator.SimulatedExchange;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>The exchange on a machine of its own, which no crash of the service reaches, and the service's own client, which speaks its protocol with it.</summary>
internal sealed class SimulatedBinance : IExchangeConnector
{
    public const string Account = "replay";
    public const decimal Cash = 10_000;
    private const string ApiKey = "key";
    private const string Secret = "secret";

    private static readonly BinanceOptions Place = new() { RestUrl = new Uri("http://exchange.test"), SocketUrl = new Uri("ws://exchange.test/ws-api/v3") };

    private readonly World _world;
    private readonly SimulatedProcess _machine;
    private readonly Auditor _auditor;
    private readonly OrderNames _names = new(Account);
    private readonly IReadOnlyList<SymbolRules> _symbols;
    private readonly ApiCredentials _credentials = ApiCredentials.From(ApiKey, Secret);

    public SimulatedBinance(World world, IMarketFeed feed, Auditor auditor, int seed)
    {
        (_world, _auditor) = (world, auditor);
        _machine = world.Simulation.StartProcess();
        var start = _machine.Time.GetUtcNow().UtcDateTime;
        var options = new SimulatorOptions
        {
            Seed = seed,
            Market = new MarketOptions { HistoryBars = 0, From = start, TicksPerLeg = 4, LevelNotional = 2_000 },
            Faults = FaultsOf(seed),
            Assumptions = AssumptionsOf(seed),
            Accounts = { new AccountOptions { Name = Account, Keys = { new KeyOptions { ApiKey = ApiKey, Secret = Secret } }, Balances = { ["USDT"] = Cash, ["BNB"] = seed % 3 }, PaysWithBnb = seed % 3 > 0 } },
        };
        Exchange = new Exchange(options, feed, _machine.Time);
        Books = new ExchangeBooks(Exchange, _names);
        _symbols = Symbols;
        _machine.Time.CreateTimer(_ => Exchange.Advance(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public Exchange Exchange { get; }

    /// <summary>By the rules that they have now, told without any fault.</summary>
    public IReadOnlyList<SymbolRules> Symbols => [.. Listings.Values.Select(listing => listing.Rules).OrderBy(rules => rules.Symbol, StringComparer.Ordinal)];

    private FrozenDictionary<string, SymbolListing> Listings => BinanceJson.Read(Exchange.Answer(new RestRequest("GET", "/api/v3/exchangeInfo", Ip: "10.0.0.1")).Body, BinanceJson.Default.ListingText).Read().Symbols;

    /// <summary>What the exchange has, told without any fault.</summary>
    public ExchangeBooks Books { get; }

    public void CalmDown()
    {
        Exchange.Answer(new RestRequest("DELETE", "/sim/faults"));
        foreach (var symbol in _symbols.Select(rules => rules.Symbol)) Exchange.Answer(new RestRequest("POST", $"/sim/symbols/{symbol}", Body: """{"status":"TRADING"}"""));
    }

    /// <summary>Trading in a symbol pauses, and goes on within two minutes; its orders may end.</summary>
    public void Pause(string symbol, bool endsOrders)
    {
        Exchange.Answer(new RestRequest("POST", $"/sim/symbols/{symbol}", Body: $$"""{"status":"BREAK","endsOrders":{{(endsOrders ? "true" : "false")}}}"""));
        _machine.Time.CreateTimer(_ => Exchange.Answer(new RestRequest("POST", $"/sim/symbols/{symbol}", Body: """{"status":"TRADING"}""")), null, TimeSpan.FromSeconds(_world.Random.Next(5, 120)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tick, step, least value or the most at the market of a symbol become others, or what they were at first.</summary>
    /// <returns>What was changed.</returns>
    public string ChangeRules(int symbol)
    {
        var first = _symbols[symbol];
        (string Name, decimal Value)[] filters = _world.Random.Next(6) switch
        {
            0 => [("tickSize", first.TickSize * _world.Random.Next(2, 60))],
            1 => [("stepSize", first.StepSize * _world.Random.Next(2, 60))],
            2 => [("tickSize", first.TickSize * 5), ("stepSize", first.StepSize * 1_000)],
            3 => [("minNotional", first.MinNotional * _world.Random.Next(2, 20))],
            4 => [("marketMaxQuantity", first.StepSize * _world.Random.Next(500, 10_000))],
            _ => [("tickSize", first.TickSize), ("stepSize", first.StepSize), ("minNotional", first.MinNotional), ("marketMaxQuantity", first.MostAtMarket)],
        };
        var text = string.Join(", ", filters.Select(filter => string.Create(CultureInfo.InvariantCulture, $"\"{filter.Name}\":{filter.Value}")));
        Exchange.Answer(new RestRequest("PUT", $"/sim/symbols/{first.Symbol}", Body: $"{{\"filters\":{{{text}}}}}"));
        return $"{first.Symbol} {text}";
    }

    public void Deposit(string asset, decimal amount) =>
        Exchange.Answer(new RestRequest("POST", "/sim/deposit", Body: string.Create(CultureInfo.InvariantCulture, $$"""{"account":"{{Account}}","asset":"{{asset}}","amount":{{amount}}}""")));

    public IExchange Connect(string account)
    {
        var process = _world.Process!;
        var time = process.Time;
        var http = new HttpMessageInvoker(new SimulatedWire(_world, _machine.Time, Exchange, Judge));
        var rest = new RestConnection(http, new RateGate(new RateLimitOptions(), time), new ExchangeClock(time), Place, _credentials, account, time);
        var market = new MarketCalls(rest, new CacheOptions(), time);
        var connected = new BinanceAccount(new OrderCalls(rest), new AccountCalls(rest, new CacheOptions(), time), market, new TradedSymbols(market, Listings), _names, new ExecutionOptions(), time, NullLogger<BinanceAccount>.Instance);
        _ = new AccountStream(
            connected, Place, new StreamOptions(), _credentials, rest, time, NullLogger<AccountStream>.Instance, (address, _, cancellation) => SimulatedSocket.OpenAsync(_world, process, Exchange, address, cancellation), TaskScheduler.Current);
        return connected;
    }

    /// <summary>Nothing is placed that the journal does not have.</summary>
    private void Judge(RestRequest request)
    {
        if (request is not { Verb: "POST" } || request.Path.EndsWith("/test", StringComparison.Ordinal)) return;
        foreach (var pair in request.Body.Split('&'))
        {
            if (pair.Split('=') is not ["newClientOrderId" or "listClientOrderId", var name]) continue;
            _world.Say($"{request.Path} {name}");
            if (!_names.TryParse(name, out var id, out _) || !_auditor.Knows(id)) _world.Violate($"order {name} left before the journal had it");
        }
    }

    /// <summary>What Binance leaves open is one way with one seed and the other way with another.</summary>
    private static AssumptionOptions AssumptionsOf(int seed) => new()
    {
        ShufflesListStatus = seed % 2 == 1,
        TellsOfTrigger = seed % 3 != 1,
        EqualStopTriggers = seed % 5 != 2,
        FindsOldestClosed = seed % 7 == 3,
        MarketBuysSpendAll = seed % 11 == 4,
    };

    /// <summary>Of four seeds one spares the exchange's events and another its requests; of five, two show balances late.</summary>
    private static FaultOptions FaultsOf(int seed)
    {
        var (requests, events) = (seed % 4 == 1 ? 0 : 0.01, seed % 4 == 2 ? 0 : 0.05);
        return new FaultOptions
        {
            Latency = 4 * requests,
            LatencyMilliseconds = 3_000,
            DropBefore = requests,
            DropAfter = requests,
            ErrorBefore = requests,
            ErrorAfter = requests,
            TimeoutBefore = requests,
            TimeoutAfter = requests,
            Overloaded = requests,
            TooManyRequests = requests / 5,
            Banned = requests / 20,
            PartialFills = seed % 8 < 4 ? 0.2 : 0,
            ClockSkewMilliseconds = (seed % 16) switch { 0 => 700, 1 => -3_000, 2 => 8_000, _ => 0 },
            BalanceLagMilliseconds = (seed % 5) switch { 1 => 8_000, 3 => 2_000, _ => 0 },
            Events = new MessageFaults { Lost = events, Doubled = events, Delayed = events, DelayMilliseconds = 2_000, Swapped = events, Disconnected = events / 5 },
        };
    }
}
#endif
