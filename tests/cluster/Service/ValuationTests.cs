using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Valuation;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>An account that counts in one currency is shown in another one too, at a rate that is known or said to be unknown.</summary>
public sealed class ValuationTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SymbolRules Btc = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_tells_the_account_in_the_other_currency_and_never_trades_what_it_only_looks_at()
    {
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, "--Market:Source=synthetic", "--Market:Speed=200", "--Market:Symbols=ETHBTC,BTCUSDT", "--Account:Cash=1000", "--Account:Strategy=sma-cross",
            "--Account:Valuation=usdt", "--Account:ValuationSymbol=btcusdt");
        JsonElement portfolio;
        do portfolio = await GetAsync(service, "portfolio");
        while (portfolio.GetProperty("valuation").GetProperty("rate").ValueKind == JsonValueKind.Null || portfolio.GetProperty("figures").GetProperty("fees").GetDecimal() == 0);

        var (figures, valuation) = (portfolio.GetProperty("figures"), portfolio.GetProperty("valuation"));
        var rate = valuation.GetProperty("rate").GetDecimal();
        Assert.Equal(("USDT", "BTCUSDT"), (valuation.GetProperty("currency").GetString(), valuation.GetProperty("symbol").GetString()));
        Assert.Equal(Math.Round(figures.GetProperty("equity").GetDecimal() * rate, 8), valuation.GetProperty("equity").GetDecimal());
        Assert.Equal(Math.Round(figures.GetProperty("fees").GetDecimal() * rate, 8), valuation.GetProperty("fees").GetDecimal());
        Assert.Matches(@"^1 BTC is [0-9.]+ USDT by the close of BTCUSDT at .+ UTC\.$", valuation.GetProperty("text").GetString());
        var results = await GetAsync(service, "performance");
        var told = results.GetProperty("valuation");
        Assert.Equal(Math.Round(results.GetProperty("total").GetProperty("fees").GetDecimal() * told.GetProperty("rate").GetDecimal(), 8), told.GetProperty("fees").GetDecimal());
        Assert.Equal("ETHBTC", Assert.Single((await GetAsync(service, "status")).GetProperty("symbols").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_symbol_that_is_named_for_its_rate_alone_is_not_traded()
    {
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, "--Market:Source=synthetic", "--Market:Speed=200", "--Market:Symbols=ETHUSDT,BTCUSDT", "--Account:Valuation=EUR", "--Account:ValuationSymbol=EURUSDT");
        JsonElement valuation;
        do valuation = (await GetAsync(service, "portfolio")).GetProperty("valuation");
        while (valuation.GetProperty("rate").ValueKind == JsonValueKind.Null);
        Assert.Matches(@"^1 USDT is [0-9.]+ EUR by the close of EURUSDT at ", valuation.GetProperty("text").GetString());
        Assert.Equal("BTCUSDT ETHUSDT", string.Join(' ', (await GetAsync(service, "status")).GetProperty("symbols").EnumerateArray()));
    }

    [Fact]
    public async Task A_market_ends_with_the_symbols_that_are_traded()
    {
        var bars = Enumerable.Range(0, 5).Select(hour => new Candle(Start.AddHours(hour), 10, 10, 10, 10, 1)).ToArray();
        var feed = new WatchedSymbolFeed(new TapeFeed(Interval.OneHour, [new SymbolTape(Btc, bars[..2]), new SymbolTape(Btc with { Symbol = "EURUSDT", BaseAsset = "EUR" }, bars)]), "EURUSDT");
        Assert.Equal(Start.AddHours(1), (await feed.NextAsync(default, Cancellation))!.Time);
        Assert.Equal(Start.AddHours(2), (await feed.NextAsync(Start.AddHours(1), Cancellation))!.Time);
        Assert.False(feed.HasEnded(Start.AddHours(1)));
        Assert.Null(await feed.NextAsync(Start.AddHours(2), Cancellation));
        Assert.True(feed.HasEnded(Start.AddHours(2)));
    }

    [Theory]
    [InlineData("ETHBTC", "Account:ValuationSymbol is 'ETHBTC', which connects ETH and BTC; to count USDT in EUR it must be USDTEUR or EURUSDT.", "ETHBTC,BTCUSDT")]
    [InlineData("LTCUSDT", "Account:ValuationSymbol is 'LTCUSDT', which is no symbol of the market; it has ADAUSDT, BTCUSDT, ETHUSDT, SOLUSDT.", "")]
    public async Task A_symbol_that_tells_no_rate_stops_the_start(string symbol, string expected, string symbols)
    {
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(
            ProgramRun.Api, _folder.FullName, "--Market:Source=synthetic", $"--Market:Symbols={symbols}", "--Account:Valuation=EUR", $"--Account:ValuationSymbol={symbol}", "--urls=http://127.0.0.1:0");
        Assert.NotEqual(0, exitCode);
        Assert.Contains(errors, line => line.EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_close_is_no_rate_and_a_late_one_is_told_with_its_time()
    {
        // One bar at 00:00, and none after it.
        var feed = new TapeFeed(Interval.OneHour, [new SymbolTape(Btc, new[] { new Candle(Start, 40_000, 40_000, 40_000, 40_000, 1) })]);
        var valuation = new AccountValuation(feed, CurrencyPair.Of(Btc, "USDT", "BTC"));
        var late = await valuation.AtAsync(Start.AddHours(7), Cancellation);
        Assert.Equal((0.25m, Start.AddHours(1)), (late!.Convert(10_000), late.Time));
        var old = await valuation.AtAsync(Start.AddHours(26), Cancellation);
        Assert.Equal((null, null, null), (old!.Rate, old.Convert(10_000), old.Time));
        Assert.Equal("Not known in BTC: BTCUSDT has no close in the day before the account's latest step.", old.Describe());
        Assert.Null((await valuation.AtAsync(default, Cancellation))!.Rate);
        Assert.Null(await new AccountValuation(feed, pair: null).AtAsync(Start, Cancellation));
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonElement> GetAsync(ServiceProcess service, string path) => await _client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/{path}"), Cancellation);
}
