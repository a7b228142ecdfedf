using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.ExchangeSimulator.Faults;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The service as a process, with an account at the exchange to rehearse at.</summary>
public sealed class LiveAccountTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Eager = ["--Account:Strategy=dca", "--Account:Parameters:Every=2", "--Account:Parameters:Parts=1", "--Risk:Preset=none", "--Risk:CooldownBars=0"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_live_account_buys_nothing_until_its_name_was_typed_and_little_on_its_first_day()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName);
        var account = $"live-{exchange.Place}";
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. Eager, .. exchange.Settings]))
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
            var status = await http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancellation);
            var authority = exchange.Server.Address.Authority;
            Assert.Equal(("rehearsal", authority), (Text(status.GetProperty("place"), "kind"), Text(status.GetProperty("place"), "address")));
            Assert.Contains(service.Said, line => line.StartsWith($"REHEARSAL of live mode at {authority}, with play money: account {account}, ", StringComparison.Ordinal));
            Assert.Equal(["The account stays disarmed until you arm it by its name."], TextsOf(status.GetProperty("entryObstacles")));
            using (var started = await PostAsync(http, "start", body: null))
            {
                var answer = await started.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
                Assert.Equal(("running", "Buys nothing with play money until you arm it. Open positions are still left by strategy, stop or target."), (Text(answer, "run"), Text(answer, "meaning")));
                Assert.Equal(["The account stays disarmed until you arm it by its name."], TextsOf(answer.GetProperty("entryObstacles")));
            }

            Assert.Equal((account, "live", false, 50m), (Text(status, "account"), Text(status, "mode"), Arming(status).GetProperty("isArmed").GetBoolean(), Arming(status).GetProperty("firstDayValue").GetDecimal()));
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (Arming(status).GetProperty("armedAt").ValueKind, Arming(status).GetProperty("firstDayEnds").ValueKind));
            await SeeAsync(http, "/api/v1/risk", "For the first 24 hours after the first arming an entry costs 50.00 at the most. A position costs ");
            await SeeAsync(http, "/api/v1/decisions", "the account trades at an exchange and is not armed");
            Assert.Equal(10_000, (await http.GetFromJsonAsync<JsonElement>("/api/v1/portfolio", Cancellation)).GetProperty("cash").GetDecimal());

            foreach (var (body, sentence) in new (string, string)[]
            {
                ("{}", $"confirm is missing; it must be the name of the account, {account}, letter by letter."),
                ("""{"confirm":"yes"}""", $"confirm is 'yes'; it must be the name of the account, {account}, letter by letter."),
                ($$"""{"confirm":"{{account.ToUpperInvariant()}}"}""", $"confirm is '{account.ToUpperInvariant()}'; it must be the name of the account, {account}, letter by letter."),
            })
            {
                using var refused = await PostAsync(http, "arm", body);
                Assert.Equal((HttpStatusCode.BadRequest, sentence), (refused.StatusCode, Text(await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "detail")));
                Assert.Equal($"local user from 127.0.0.1: POST /api/v1/arm was refused: {sentence}", (await NoticesAsync(http))[^1]);
            }

            Assert.Equal(0, await OrderRequestsAsync(exchange));
            using (var killed = await PostAsync(http, "risk/kill", body: null)) Assert.Equal(HttpStatusCode.OK, killed.StatusCode);
            using (var refused = await PostAsync(http, "arm", $$"""{"confirm":"{{account}}"}""")) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Equal("local user from 127.0.0.1: POST /api/v1/arm was refused: The kill switch is pulled; release it first.", (await NoticesAsync(http))[^1]);
            using (var released = await PostAsync(http, "risk/release", body: null)) Assert.Equal(HttpStatusCode.OK, released.StatusCode);
            using (var armed = await PostAsync(http, "arm", $$"""{"confirm":"{{account}}"}""")) Assert.Equal(HttpStatusCode.OK, armed.StatusCode);
            Assert.DoesNotContain("refused", string.Join('\n', (await NoticesAsync(http)).SkipWhile(text => !text.StartsWith("The kill switch is released", StringComparison.Ordinal))), StringComparison.Ordinal);
            await SeeAsync(http, "/api/v1/notices", "local user has armed the account at ");
            var ends = Arming(await http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancellation)).GetProperty("firstDayEnds").GetDateTime();
            await SeeAsync(http, "/api/v1/risk", $"Until {ends:yyyy-MM-dd HH:mm} UTC an entry costs 50.00 at the most. A position costs ");
            await SeeAsync(http, "/api/v1/fills", "\"symbol\":\"BTCUSDT\"");
            using var orders = JsonDocument.Parse(await exchange.LookAsync("orders"));
            // Its limits would allow 2,500.
            Assert.All(orders.RootElement.GetProperty("orders").EnumerateArray(), order => Assert.Equal(50, decimal.Parse(Text(order, "origQuoteOrderQty"), CultureInfo.InvariantCulture)));

            using (var disarmed = await PostAsync(http, "disarm", body: null)) Assert.Equal(HttpStatusCode.OK, disarmed.StatusCode);
            using (var again = await PostAsync(http, "arm", $$"""{"confirm":"{{account}}"}""")) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            await service.KillAsync();
        }

        // It stays so over a restart, and belongs to its mode for life.
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. Eager, .. exchange.Settings]))
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
            Assert.True(Arming(await http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancellation)).GetProperty("isArmed").GetBoolean());
            await service.KillAsync();
        }

        foreach (var mode in (string[])["dry-run", "paper"])
        {
            var (exitCode, _, errors) = await RefusedAsync(exchange, [$"--Account:Mode={mode}", $"--Account:Name={account}", "--urls=http://127.0.0.1:0"]);
            Assert.Equal(2, exitCode);
            Assert.StartsWith($"error: Account {account} is bound to 'binance http://{exchange.Server.Address.Authority} 1s, live account 100000001' and cannot go on with 'binance http://{exchange.Server.Address.Authority} 1s{(mode is "paper" ? "" : ", dry-run account 100000001")}'", Assert.Single(errors), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dry_run_sees_the_account_and_sends_nothing()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName);
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=dry-run", .. Eager, .. exchange.Settings]);
        using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
        var status = await http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancellation);
        Assert.Equal(($"dry-{exchange.Place}", "dryRun", JsonValueKind.Null), (Text(status, "account"), Text(status, "mode"), Arming(status).ValueKind));
        await SeeAsync(http, "/api/v1/notices", "Dry run: order ");
        Assert.Equal(0, await OrderRequestsAsync(exchange));
        using var refused = await PostAsync(http, "arm", $$"""{"confirm":"dry-{{exchange.Place}}"}""");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Trading_that_is_switched_off_for_the_account_is_an_obstacle_until_it_is_switched_on_again()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName);
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. exchange.Settings]);
        using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
        await SeeAsync(http, "/api/v1/status", "\"isSettled\":true");
        await exchange.ChangeAsync(HttpMethod.Put, "accounts/first", """{"canTrade":false}""");
        // Money that comes in is a reason to look at once.
        await exchange.ChangeAsync(HttpMethod.Post, "deposit", """{"account":"first","asset":"USDT","amount":5}""");
        await SeeAsync(http, "/api/v1/status", "The exchange does not trade BTCUSDT now, or not for this account.");
        await SeeAsync(http, "/api/v1/status", "The exchange takes no orders now: what is held can be sold once it does again.");
        await exchange.ChangeAsync(HttpMethod.Put, "accounts/first", """{"canTrade":true}""");
        await exchange.ChangeAsync(HttpMethod.Post, "deposit", """{"account":"first","asset":"USDT","amount":5}""");
        await SeeAsync(http, "/api/v1/status", "Open positions are still left by strategy, stop or target.");
    }

    [Fact]
    public async Task An_address_that_brings_no_events_is_told_by_the_status_while_the_account_is_compared_all_the_same()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName);
        var wrong = $"ws://{exchange.Server.Address.Authority}/nothing";
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. exchange.Settings, $"--Binance:SocketUrl={wrong}"]);
        using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
        await SeeAsync(http, "/api/v1/status", $"What happens to the account is found by the comparison of each minute alone. {wrong} opens no WebSocket; check the setting Binance:SocketUrl.");
        await SeeAsync(http, "/api/v1/status", "\"isSettled\":true");
    }

    [Fact]
    public async Task A_ban_is_told_with_its_end_by_status_and_commands()
    {
        const string Banned = "Binance has banned this address: nothing is sent until ";
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, options => options.Faults.RetryAfterSeconds = 600);
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. exchange.Settings]);
        using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
        await exchange.ChangeAsync(HttpMethod.Post, "faults/next", """{"kind":"BANNED"}""");
        await SeeAsync(http, "/api/v1/status", Banned);
        using var started = await PostAsync(http, "start", body: null);
        using var armed = await PostAsync(http, "arm", $$"""{"confirm":"live-{{exchange.Place}}"}""");
        var status = await http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancellation);
        Assert.EndsWith("Nothing is sent to the exchange now: the stops and targets that rest there still work, and every other sale waits.", Text(status, "runMeaning"), StringComparison.Ordinal);
        foreach (var answer in (HttpResponseMessage[])[started, armed])
        {
            var obstacles = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("entryObstacles").EnumerateArray();
            var ban = Assert.Single(obstacles, obstacle => Text(obstacle, "kind") is "standstill");
            Assert.StartsWith(Banned, Text(ban, "text"), StringComparison.Ordinal);
            var until = DateTime.Parse(Text(ban, "text")[Banned.Length..^5], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(until - TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public async Task Keys_that_are_not_there_or_cannot_be_opened_stop_the_start_and_leave_nothing_behind()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName);
        var state = Path.Combine(_folder.FullName, "state");
        var secrets = Path.Combine(state, "secrets.json");
        await RefuseAsync(exchange, $"error: Account:Mode is 'live' and there is no secret another.key in {secrets}; store API key and secret with 'trader secrets set another.key --state {state}' and 'trader secrets set binance.secret --state {state}'.", "--Binance:Key=another.key");
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, ["--Account:Mode=live", .. exchange.Settings, "--urls=http://127.0.0.1:0"]);
        Assert.Equal((2, 0), (exitCode, output.Length));
        Assert.Equal($"error: Account:Mode is 'live' and the API key of Binance lies sealed in {secrets}, which nothing is given to open; set TRADER_KEY to the key or passphrase of the secrets, or State:KeyFile to a file that has it.", Assert.Single(errors));
        await new SecretStore(secrets, TimeProvider.System).SetAsync("binance.secret", "not-the-secret-of-that-key", KeyMaterial.Parse(exchange.Key.Value, "a test"), Cancellation);
        await RefuseAsync(exchange, "error: Binance finds the signature wrong; the stored secret does not belong to the API key, so store both again.");
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "state", "journal")) && Directory.GetFiles(Path.Combine(_folder.FullName, "state", "journal"), "*.journal").Length > 0, "a start that failed has written something down");
    }

    [Fact]
    public async Task A_key_that_may_withdraw_stops_the_start_unless_its_owner_says_so()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, options => options.Accounts[0].Keys[0].CanWithdraw = true);
        await RefuseAsync(exchange, "error: The API key may withdraw, so that whoever steals it could empty the account; make one at Binance that may only read and trade, or set Binance:AllowWithdrawalKey=true to use this one all the same.");
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", "--Binance:AllowWithdrawalKey=true", .. exchange.Settings]);
        Assert.Contains(service.Said, line => line.EndsWith("The API key may withdraw: whoever steals it can empty the account.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_asks_how_many_orders_were_counted_before_and_says_so_where_nobody_tells()
    {
        const string Unknown = "How many orders Binance has counted of this account before the start is not known. Binance failed at 127.0.0.1: ";
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, options => options.Faults = new FaultOptions { Operations = ["account.rateLimits.orders"], ErrorBefore = 1 });
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. exchange.Settings]))
        {
            Assert.Contains(service.Said, line => line.Contains(Unknown, StringComparison.Ordinal));
            await service.KillAsync();
        }

        using (var http = new HttpClient { BaseAddress = exchange.Server.Address })
        using (var cleared = await http.DeleteAsync("/sim/faults", Cancellation)) Assert.True(cleared.IsSuccessStatusCode);
        await using var again = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], ["--Account:Mode=live", .. exchange.Settings]);
        Assert.DoesNotContain(again.Said, line => line.Contains(Unknown, StringComparison.Ordinal));
    }

#if !ORLEANS
    [Fact]
    public async Task An_account_does_not_start_in_another_time_than_its_exchange_has()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "1m", ["BTCUSDT"], options => options.Speed = 60);
        string[] settings = [.. exchange.Settings.Where(setting => !setting.StartsWith("--Rehearsal:Since", StringComparison.Ordinal)), $"--Rehearsal:Since={exchange.Server.Exchange.Options.Since!.Value.AddMinutes(-2):yyyy-MM-dd'T'HH:mm:ss}"];
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, ["--Account:Mode=live", .. settings, "--urls=http://127.0.0.1:0"], exchange.Key);
        const string Before = "error: The clock of this machine is ";
        const string After = " seconds ahead of that of Binance, and 120 are allowed; set Rehearsal:Speed and Rehearsal:Since to what 'trader exchange' says at its start.";
        var told = Assert.Single(errors);
        Assert.StartsWith(Before, told, StringComparison.Ordinal);
        Assert.EndsWith(After, told, StringComparison.Ordinal);
        // Two minutes of the world are 118 of the market more than the exchange has; what a question is on its way counts sixtyfold in the measured time.
        Assert.InRange(int.Parse(told[Before.Length..^After.Length], CultureInfo.InvariantCulture), 7_080 - 60, 7_080 + 60);
        Assert.Equal(2, exitCode);
    }
#endif

    private async Task RefuseAsync(RehearsalAccount exchange, string expected, params string[] settings)
    {
        var (exitCode, _, errors) = await RefusedAsync(exchange, ["--Account:Mode=live", "--urls=http://127.0.0.1:0", .. settings]);
        Assert.Equal(expected, Assert.Single(errors));
        Assert.Equal(2, exitCode);
    }

    private Task<(int ExitCode, string[] Output, string[] Errors)> RefusedAsync(RehearsalAccount exchange, string[] settings) =>
        ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, [.. exchange.Settings, .. settings], exchange.Key);

    private static async Task SeeAsync(HttpClient http, string path, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var seen = "";
        try
        {
            do seen = await http.GetStringAsync(path, patience.Token);
            while (!seen.Contains(text, StringComparison.Ordinal) && await timer.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{path} never said '{text}' but {seen}");
        }
    }

    /// <summary>Oldest first.</summary>
    private static async Task<string[]> NoticesAsync(HttpClient http) =>
        TextsOf(await http.GetFromJsonAsync<JsonElement>("/api/v1/notices", Cancellation));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string? body)
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await http.PostAsync($"/api/v1/{path}", content, Cancellation);
    }

    private static async Task<long> OrderRequestsAsync(RehearsalAccount exchange)
    {
        using var state = JsonDocument.Parse(await exchange.LookAsync("state"));
        return state.RootElement.GetProperty("orderRequests").GetInt64();
    }

    private static string[] TextsOf(JsonElement told) => [.. told.EnumerateArray().Select(item => Text(item, "text"))];

    private static JsonElement Arming(JsonElement status) => status.GetProperty("arming");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
