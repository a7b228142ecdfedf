using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What the account has brought, what is paid into it and what it is spread over, asked of a running service.</summary>
public sealed class PortfolioApiTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payments_and_a_new_beginning_are_booked_and_survive_a_kill()
    {
        // Nobody trades while it is paused, so every figure is known.
        string[] settings = ["--Market:Source=synthetic"];
        await using (var first = await ServiceProcess.StartAsync(_folder.FullName, settings))
        {
            await _client.PostAsync(Uri(first, "pause"), content: null, Cancellation);
            await UntilIdleAsync(first);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(first, "funds/reset", """{"amount": 2000}""")).Status);
            Assert.Equal(2_500, (await PostAsync(first, "funds/deposit", """{"amount": 500}""")).Body.GetProperty("cash").GetDecimal());
            Assert.Equal(2_200, (await PostAsync(first, "funds/withdraw", """{"amount": 300}""")).Body.GetProperty("equity").GetDecimal());
            var refused = await PostAsync(first, "funds/withdraw", """{"amount": 2201}""");
            Assert.Equal((HttpStatusCode.Conflict, "Only 2200 is free; orders and positions hold the rest."), (refused.Status, refused.Body.GetProperty("detail").GetString()));
            await first.KillAsync();
        }

        await using var second = await ServiceProcess.StartAsync(_folder.FullName, settings);
        var portfolio = await _client.GetFromJsonAsync<JsonElement>(Uri(second, "portfolio"), Cancellation);
        Assert.Equal((2_000m, 200m, 2_200m), (portfolio.GetProperty("startCash").GetDecimal(), portfolio.GetProperty("flows").GetDecimal(), portfolio.GetProperty("cash").GetDecimal()));
        var performance = await _client.GetFromJsonAsync<JsonElement>(Uri(second, "performance"), Cancellation);
        Assert.Equal(2_200, performance.GetProperty("paid").GetDecimal());
        Assert.All(performance.GetProperty("days").EnumerateArray(), day => Assert.Equal(0, day.GetProperty("return").GetDouble(), 12));
    }

    [Fact]
    public async Task Coins_that_the_owner_brings_are_equity_stay_his_and_survive_a_kill()
    {
        string[] settings = ["--Market:Source=synthetic", "--Market:Symbols=BTCUSDT,ETHUSDT"];
        await using (var first = await ServiceProcess.StartAsync(_folder.FullName, settings))
        {
            await _client.PostAsync(Uri(first, "pause"), content: null, Cancellation);
            await UntilIdleAsync(first);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await PostAsync(first, "funds/deposit", """{"amount": 0.5, "asset": "btc"}""")).Status is var status and not HttpStatusCode.OK)
            {
                // There is no price yet, before the first bar.
                Assert.Equal(HttpStatusCode.Conflict, status);
                patience.Token.ThrowIfCancellationRequested();
            }

            Assert.Equal(HttpStatusCode.OK, (await PostAsync(first, "funds/withdraw", """{"amount": 0.2, "asset": "BTC"}""")).Status);
            var refused = await PostAsync(first, "funds/withdraw", """{"amount": 0.31, "asset": "BTC"}""");
            Assert.Equal((HttpStatusCode.Conflict, "The account does not have so much BTC."), (refused.Status, refused.Body.GetProperty("detail").GetString()));
            var notices = await _client.GetStringAsync(Uri(first, "notices"), Cancellation);
            Assert.Contains("0.5 BTC, worth ", notices, StringComparison.Ordinal);
            Assert.Contains("0.2 BTC, worth ", notices, StringComparison.Ordinal);
            var unknown = await PostAsync(first, "funds/deposit", """{"amount": 1, "asset": "DOGE"}""");
            Assert.Equal((HttpStatusCode.BadRequest, "asset is 'DOGE'; it must be one of USDT, BTC, ETH."), (unknown.Status, unknown.Body.GetProperty("detail").GetString()));
            await first.KillAsync();
        }

        await using var second = await ServiceProcess.StartAsync(_folder.FullName, settings);
        var portfolio = await _client.GetFromJsonAsync<JsonElement>(Uri(second, "portfolio"), Cancellation);
        var held = Assert.Single(portfolio.GetProperty("external").EnumerateArray());
        Assert.Equal(("BTCUSDT", "BTC", 0.3m), (held.GetProperty("symbol").GetString(), held.GetProperty("asset").GetString(), held.GetProperty("quantity").GetDecimal()));
        Assert.Equal(held.GetProperty("value").GetDecimal(), portfolio.GetProperty("figures").GetProperty("equity").GetDecimal() - portfolio.GetProperty("cash").GetDecimal());
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement[]>(Uri(second, "positions"), Cancellation))!);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(second, "funds/withdraw", """{"amount": 0.3, "asset": "BTC"}""")).Status);
        portfolio = await _client.GetFromJsonAsync<JsonElement>(Uri(second, "portfolio"), Cancellation);
        // What they have gained or lost stays to be seen.
        Assert.Equal(0, Assert.Single(portfolio.GetProperty("external").EnumerateArray()).GetProperty("quantity").GetDecimal());
        Assert.Equal(portfolio.GetProperty("cash").GetDecimal(), portfolio.GetProperty("figures").GetProperty("equity").GetDecimal());
    }

    [Fact]
    public async Task Decisions_are_found_and_told_as_one_paragraph()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic", "--Market:Speed=1000", "--Account:Strategy=sma-cross");
        JsonElement[] bought;
        do bought = (await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, "decisions?kind=bought&limit=500"), Cancellation))!;
        while (bought.Length < 30);

        Assert.All(bought, decision => Assert.Equal("bought", decision.GetProperty("kind").GetString()));
        var record = await _client.GetFromJsonAsync<JsonElement>(Uri(service, $"decisions/{bought[0].GetProperty("sequence").GetInt64()}"), Cancellation);
        Assert.Equal(bought[0].GetProperty("orderId").GetInt64(), record.GetProperty("fills")[0].GetProperty("orderId").GetInt64());
        Assert.Matches(@"^Buys \w+ at about .+\. Order \d+ bought .+ on average in \d+ trades?, fee .+\. The position was closed on .+ after fees\.$", record.GetProperty("text").GetString());
        var symbol = bought[0].GetProperty("symbol").GetString();
        Assert.All(
            (await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, $"decisions?symbol={symbol}&to=2200-01-01"), Cancellation))!,
            decision => Assert.Equal(symbol, decision.GetProperty("symbol").GetString()));
        Assert.Equal("kind is 'sold'; it must be one of bought, left, reduced, kept, refused.", await ProblemAsync(service, "decisions?kind=sold"));
        Assert.Equal("from is 'noon'; it must be a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00Z.", await ProblemAsync(service, "decisions?from=noon"));
        Assert.Equal("There is no decision 1 among the latest; /api/v1/decisions lists them, and older ones alone with ?before=.", await ProblemAsync(service, "decisions/1"));
        // Of one kind, out of the whole journal: the very first, however many others came since.
        var all = await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, "decisions?before=1000000000&limit=1000&kind=bought"), Cancellation);
        Assert.Contains(bought[0].GetProperty("sequence").GetInt64(), all!.Select(decision => decision.GetProperty("sequence").GetInt64()));
        Assert.All(all!, decision => Assert.Equal("bought", decision.GetProperty("kind").GetString()));
        var first = Assert.Single((await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, $"decisions?before={all![1].GetProperty("sequence").GetInt64()}&limit=1&kind=bought"), Cancellation))!);
        Assert.Equal(all[0].GetProperty("sequence").GetInt64(), first.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task An_account_is_brought_to_its_targets_as_the_preview_said()
    {
        // The moving averages of this strategy never cross within the run, so that nothing else trades.
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, "--Market:Source=synthetic", "--Market:Symbols=BTCUSDT,ETHUSDT", "--Market:Speed=50", "--Account:Strategy=sma-cross", "--Account:Parameters:Slow=200", "--Risk:Preset=none", "--Risk:MaxPositionShare=1",
            "--Allocation:Targets:BTCUSDT=0.5", "--Allocation:Targets:ETHUSDT=0.3");
        JsonElement preview;
        do preview = await _client.GetFromJsonAsync<JsonElement>(Uri(service, "rebalance"), Cancellation);
        while (!preview.GetProperty("wouldTrade").GetBoolean());
        Assert.Equal([0.5m, 0.3m], preview.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("target").GetDecimal()));
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(Uri(service, "rebalance"), content: null, Cancellation)).StatusCode);

        // Bought with the next bar; from then on both lie near their targets.
        do preview = await _client.GetFromJsonAsync<JsonElement>(Uri(service, "rebalance"), Cancellation);
        while (preview.GetProperty("wouldTrade").GetBoolean() || preview.GetProperty("legs")[1].GetProperty("value").GetDecimal() == 0);
        Assert.All(preview.GetProperty("legs").EnumerateArray(), leg =>
            Assert.InRange(leg.GetProperty("share").GetDecimal(), leg.GetProperty("target").GetDecimal() - 0.1m, leg.GetProperty("target").GetDecimal() + 0.1m));
    }

    [Fact]
    public async Task A_body_that_is_not_called_json_is_refused_with_what_to_send()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        using var form = new StringContent("""{"amount": 500}""", Encoding.UTF8, "application/x-www-form-urlencoded");
        var answer = await _client.PostAsync(Uri(service, "funds/deposit"), form, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(
            "The body of the request must be JSON: send the header 'Content-Type: application/json', and a body of the shape that /openapi/v1.json shows for this path.",
            (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_rebalancing_while_paused_says_that_nothing_will_be_bought()
    {
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, "--Market:Source=synthetic", "--Market:Symbols=BTCUSDT", "--Account:Strategy=sma-cross", "--Account:Parameters:Slow=200", "--Allocation:Targets:BTCUSDT=0.5");
        await _client.PostAsync(Uri(service, "pause"), content: null, Cancellation);
        JsonElement preview;
        do preview = await _client.GetFromJsonAsync<JsonElement>(Uri(service, "rebalance"), Cancellation);
        while (!preview.GetProperty("wouldTrade").GetBoolean());
        Assert.EndsWith("Nothing will be bought: the account is paused.", preview.GetProperty("text").GetString(), StringComparison.Ordinal);
        var begun = await (await _client.PostAsync(Uri(service, "rebalance"), content: null, Cancellation)).Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("Nothing will be bought: the account is paused.", begun.GetProperty("caution").GetString());
    }

    [Fact]
    public async Task Without_targets_it_says_how_to_set_them()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        var answer = await _client.PostAsync(Uri(service, "rebalance"), content: null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("No symbol has a target; set Allocation:Targets:BTCUSDT=0.4 and start again.", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Uri Uri(ServiceProcess service, string path) => new($"{service.Url}/api/v1/{path}");

    private async Task UntilIdleAsync(ServiceProcess service)
    {
        while ((await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, "positions"), Cancellation))!.Length > 0
            || (await _client.GetFromJsonAsync<JsonElement[]>(Uri(service, "orders"), Cancellation))!.Length > 0)
        {
            // Each request is the pause: stops and targets end what is open.
        }
    }

    private async Task<string?> ProblemAsync(ServiceProcess service, string path) =>
        (await (await _client.GetAsync(Uri(service, path), Cancellation)).Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString();

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(ServiceProcess service, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await _client.PostAsync(Uri(service, path), content, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
