using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>What stops a start with real money, each over a real socket at the exchange to rehearse at.</summary>
public sealed class AccountCheckTests
{
    private const string Trader = "trader-key-1";
    private const string NoTrading = "The API key may read the account but not trade; allow 'Enable Spot & Margin Trading' for it at Binance.";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_account_passes_with_its_number_and_places_nothing()
    {
        await using var visitor = await ComeAsync();
        var report = await CheckAsync(visitor);
        Assert.Null(report.Problem);
        Assert.Equal(100_000_001, report.Account!.Uid);
        Assert.Equal(["The API key works from every address; restrict it at Binance to that of this machine."], report.Advice);
        var state = (await visitor.ControlAsync("GET", "state")).Json;
        Assert.Equal(0, state.GetProperty("orderRequests").GetInt64());
    }

    [Theory]
    [InlineData("nobody-knows-it", "HMAC-secret", "Binance refuses the API key: 'Invalid API-key, IP, or permissions for action.' (-2015); see at Binance that the key exists, that it allows reading and spot trading, and that the address of this machine is among those it allows.")]
    [InlineData(Trader, "another-secret", "Binance finds the signature wrong; the stored secret does not belong to the API key, so store both again.")]
    [InlineData("elsewhere-key", "HMAC-secret", "Binance refuses the API key: 'Invalid API-key, IP, or permissions for action.' (-2015); see at Binance that the key exists, that it allows reading and spot trading, and that the address of this machine is among those it allows.")]
    [InlineData("reader-key", "HMAC-secret", NoTrading)]
    [InlineData("thief-key", "HMAC-secret", "The API key may withdraw, so that whoever steals it could empty the account; make one at Binance that may only read and trade, or set Binance:AllowWithdrawalKey=true to use this one all the same.")]
    public async Task A_key_that_will_not_do_is_told_in_one_sentence(string key, string secret, string expected)
    {
        await using var visitor = await ComeAsync();
        var report = await CheckAsync(visitor, key: key, secret: secret);
        Assert.Equal(expected, report.Problem);
        Assert.Null(report.Account);
    }

    [Fact]
    public async Task A_key_that_may_withdraw_is_taken_where_its_owner_wants_it_and_warned_of()
    {
        await using var visitor = await ComeAsync();
        var report = await CheckAsync(visitor, key: "thief-key", options: new AccountCheckOptions { AllowsWithdrawal = true });
        Assert.Null(report.Problem);
        Assert.Equal("The API key may withdraw: whoever steals it can empty the account.", report.Advice[0]);
    }

    // Without the call that tells, an order that is rehearsed does.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_tells_what_a_key_may_do_it_is_said_so_and_trading_is_tried(bool asks)
    {
        await using var visitor = await ComeAsync(options => options.Assumptions.TellsKeyRights = false);
        var options = new AccountCheckOptions { AsksRights = asks };
        var report = await CheckAsync(visitor, options: options);
        Assert.Null(report.Problem);
        Assert.Equal(["Nobody can tell here whether the API key may withdraw; see at Binance that it may not."], report.Advice);
        Assert.Equal(NoTrading, (await CheckAsync(visitor, key: "reader-key", options: options)).Problem);
    }

    // It is the exchange's that goes wrong here, which the client takes for right.
    [Theory]
    [InlineData(3_600_000, "The clock of this machine is 3600 seconds behind that of Binance, and 10 are allowed; set it by NTP and start again.")]
    [InlineData(-3_600_000, "The clock of this machine is 3600 seconds ahead of that of Binance, and 10 are allowed; set it by NTP and start again.")]
    [InlineData(9_000, null)]
    public async Task A_wrong_clock_is_told_with_its_direction(int milliseconds, string? expected)
    {
        await using var visitor = await ComeAsync();
        await visitor.ControlAsync("PUT", "faults", $$"""{"clockSkewMilliseconds":{{milliseconds}}}""");
        Assert.Equal(expected, (await CheckAsync(visitor)).Problem);
    }

    [Theory]
    [InlineData(-3_600_000, "The clock of this machine is 3600 seconds ahead of that of Binance, so that every entry may come too late; set it right.")]
    [InlineData(9_000, null)]
    public async Task A_clock_that_may_show_any_time_stops_no_start_and_is_warned_of(int milliseconds, string? expected)
    {
        await using var visitor = await ComeAsync();
        await visitor.ControlAsync("PUT", "faults", $$"""{"clockSkewMilliseconds":{{milliseconds}}}""");
        var report = await CheckAsync(visitor, options: new AccountCheckOptions { ClockSeconds = 0, ClockRemedy = "set it right" });
        Assert.Null(report.Problem);
        Assert.Equal(expected, report.Advice.SingleOrDefault(advice => advice.StartsWith("The clock", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_network_that_leads_nowhere_is_told_in_one_sentence()
    {
        await using var visitor = await ComeAsync();
        var report = await CheckAsync(visitor, address: new Uri("http://127.0.0.1:9"));
        Assert.Equal("Binance cannot be reached at 127.0.0.1:9: no connection came about; check the network, the firewall and the setting Binance:RestUrl.", report.Problem);
    }

    [Fact]
    public async Task An_account_that_cannot_trade_is_told_and_looked_after_while_it_holds_something()
    {
        await using var visitor = await ComeAsync();
        await visitor.ControlAsync("PUT", "accounts/first", """{"canTrade":false}""");
        var report = await CheckAsync(visitor);
        Assert.Null(report.Problem);
        Assert.Contains("Binance does not let this account trade at present: no new order can sell or protect what is held until it does; see the messages of the exchange there.", report.Advice, StringComparer.Ordinal);
        await visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"BTC","amount":-1}""");
        Assert.Equal("Binance does not let this account trade at present; see the messages of the exchange there.", (await CheckAsync(visitor)).Problem);
    }

    [Fact]
    public async Task A_symbol_that_cannot_be_traded_or_protected_is_named()
    {
        await using var visitor = await ComeAsync();
        Assert.Equal("Binance takes no pair of stop and target for BTCUSDT, so that no position of it could be protected; leave it out of Market:Symbols.", (await CheckAsync(visitor, change: symbol => symbol with { AllowsOco = false })).Problem);
        Assert.Equal("Binance takes no stop for BTCUSDT, so that no position of it could be protected; leave it out of Market:Symbols.", (await CheckAsync(visitor, change: symbol => symbol with { OrderTypes = [BinanceOrderType.Market, BinanceOrderType.LimitMaker] })).Problem);
        Assert.Equal("Binance takes no market orders by value for BTCUSDT, with which positions are opened; leave it out of Market:Symbols.", (await CheckAsync(visitor, change: symbol => symbol with { AllowsQuoteQuantity = false })).Problem);
        Assert.Equal("Binance would not take an order for NONEUSDT as it would be sent: 'Invalid symbol.' (-1121); leave it out of Market:Symbols.", (await CheckAsync(visitor, change: symbol => symbol with { Symbol = "NONEUSDT" })).Problem);
        // It costs more than what is known of it allows.
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"filters":{"minNotional":1000}}""");
        Assert.Equal("Binance would not take an order for BTCUSDT as it would be sent: 'Filter failure: NOTIONAL' (-1013); leave it out of Market:Symbols.", (await CheckAsync(visitor, change: symbol => symbol with { Filters = new SymbolFilters() })).Problem);
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"BREAK"}""");
        await visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"BTC","amount":-1}""");
        Assert.Equal("Binance does not trade BTCUSDT now (break); leave it out of Market:Symbols, or start again when it is traded.", (await CheckAsync(visitor)).Problem);
    }

    [Fact]
    public async Task A_symbol_of_which_something_is_held_may_pause_and_is_looked_after()
    {
        await using var visitor = await ComeAsync();
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"BREAK"}""");
        var report = await CheckAsync(visitor);
        Assert.Null(report.Problem);
        Assert.Contains("Binance does not trade BTCUSDT now (break): what is held of it can neither be sold nor protected anew until it does.", report.Advice, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_money_yet_may_start()
    {
        await using var visitor = await ComeAsync();
        await visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"USDT","amount":-10000}""");
        Assert.Null((await CheckAsync(visitor)).Problem);
    }

    private static Task<Visitor> ComeAsync(Action<SimulatorOptions>? change = null) => Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]), options =>
    {
        var keys = options.Accounts[0].Keys;
        keys.Add(new() { ApiKey = Trader, Secret = "HMAC-secret" });
        keys.Add(new() { ApiKey = "reader-key", Secret = "HMAC-secret", CanTrade = false });
        keys.Add(new() { ApiKey = "thief-key", Secret = "HMAC-secret", CanWithdraw = true });
        keys.Add(new() { ApiKey = "elsewhere-key", Secret = "HMAC-secret", AllowedIps = ["10.1.2.3"] });
        change?.Invoke(options);
    });

    private static async Task<AccountReport> CheckAsync(
        Visitor visitor, string key = Trader, string secret = "HMAC-secret", AccountCheckOptions? options = null, Uri? address = null, Func<SymbolListing, SymbolListing>? change = null)
    {
        var binance = new BinanceOptions { RestUrl = address ?? visitor.Server.Address };
        using var http = RestTransport.Create(binance);
        using var gate = new RateGate(new RateLimitOptions(), visitor.Time);
        using var credentials = ApiCredentials.From(key, secret);
        var rest = new RestConnection(http, gate, new ExchangeClock(visitor.Time), binance, credentials, "main", visitor.Time);
        SymbolListing[] listings = [];
        if (address is null)
        {
            var info = CallsServer.ValueOf(await new MarketCalls(rest, new CacheOptions(), visitor.Time).ExchangeInfoAsync(["BTCUSDT"], Ending));
            listings = [.. info.Symbols.Values.Select(listing => change is null ? listing : change(listing))];
        }

        var check = new AccountCheck(new AccountCalls(rest, new CacheOptions(), visitor.Time), new OrderCalls(rest), new OrderNames("live"), options ?? new AccountCheckOptions());
        return await check.CheckAsync(listings, Ending);
    }
}
