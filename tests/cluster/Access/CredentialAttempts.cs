using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Silo.Access;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts to come in without credentials, with wrong ones, or with those of somebody else or of before.</summary>
[Collection(GuardedCollection.Name)]
public class CredentialAttempts(GuardedService service)
{
    private const string Status = "/api/v1/status";
    private const string Pause = "/api/v1/pause";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private (string Name, string Value) Page => ("Origin", service.Url.GetLeftPart(UriPartial.Authority));

    [Fact]
    public async Task Nobody_reads_or_commands_without_a_login()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count > 20);
        foreach (var (method, path) in routes)
        {
            using var answer = await service.Here.SendAsync(method, path, IsReading(method) ? null : "{}");
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync("/openapi/v1.json"));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_not_told_from_one_that_does() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync("/api/v1/secrets"));

    [Fact]
    public async Task A_token_that_reads_commands_nothing()
    {
        foreach (var (method, path) in (await RoutesAsync()).Where(route => !IsReading(route.Method)))
        {
            using var answer = await service.Here.SendAsync(method, path, "{}", ("Authorization", service.ReadToken));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
        }

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Status, ("Authorization", service.ReadToken)));
    }

    [Fact]
    public async Task A_token_that_reads_writes_nothing_by_failing_to_log_in()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await service.From("127.0.0.19").PostAsync("/api/v1/login", """{"password": ""}""", ("Authorization", service.ReadToken));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var notices = await service.Here.GetAsync("/api/v1/notices?limit=200", ("Authorization", service.ReadToken));
        Assert.DoesNotContain("127.0.0.19", await notices.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_follows_many_streams_keeps_nobody_from_theirs()
    {
        var greedy = service.From("127.0.0.20");
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < 21; i++) streams.Add(await greedy.GetAsync("/api/v1/events?symbol=BTCUSDT", ("Authorization", service.ReadToken)));
        using (var other = await service.From("127.0.0.21").GetAsync("/api/v1/events?symbol=BTCUSDT", ("Authorization", service.ReadToken))) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, streams[^1].StatusCode);
        Assert.All(streams[..^1], stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        foreach (var stream in streams) stream.Dispose();
    }

    [Fact]
    public async Task A_header_that_claims_another_method_changes_nothing()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusOfAsync(Pause, ("Authorization", service.ReadToken), ("X-HTTP-Method-Override", "POST")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusOfAsync(Pause + "?_method=POST", ("Authorization", service.ReadToken)));
    }

    [Fact]
    public async Task A_token_that_nobody_gave_out_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", $"Bearer trader_{new string('A', 43)}")));

    [Fact]
    public async Task A_token_with_one_letter_changed_cut_off_or_added_is_refused()
    {
        var token = service.TradeToken;
        foreach (var altered in new[] { token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token[..^1], token + "A", token.ToUpperInvariant() })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", altered)));
    }

    [Fact]
    public async Task The_hash_of_a_token_as_the_file_has_it_is_no_token()
    {
        foreach (var token in (await service.Store.ReadAsync(Cancellation)).Tokens)
        {
            foreach (var text in new[] { Convert.ToBase64String(token.Hash), Convert.ToHexString(token.Hash) })
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", $"Bearer {text}")));
        }
    }

    [Fact]
    public async Task A_token_in_the_address_or_a_cookie_is_none()
    {
        var token = service.TradeToken["Bearer ".Length..];
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync($"{Status}?access_token={token}&token={token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Cookie", $"trader={token}")));
    }

    [Fact]
    public async Task The_password_or_a_token_by_the_basic_scheme_is_refused()
    {
        foreach (var pair in new[] { $"owner:{GuardedService.Password}", $":{service.TradeToken["Bearer ".Length..]}" })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair))}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", $"Bearer {GuardedService.Password}")));
    }

    [Fact]
    public async Task A_wrong_token_beside_a_right_cookie_and_a_second_token_are_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Cookie", service.Cookie), ("Authorization", "Bearer wrong")));
        Assert.StartsWith("HTTP/1.1 401", await service.Here.RawAsync($"GET {Status} HTTP/1.1\r\nHost: 127.0.0.1:{service.Url.Port}\r\nAuthorization: {service.ReadToken}\r\nAuthorization: {service.TradeToken}\r\nConnection: close\r\n\r\n", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_cookie_is_refused()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Status, ("Cookie", service.Cookie)));
        foreach (var forged in new[] { "trader=", "trader=1", $"trader={new string('A', 43)}", service.Cookie[..^1], service.Cookie + "A", service.Cookie.Replace("trader=", "__Host-trader=", StringComparison.Ordinal), "trader=owner; scope=Trade" })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Cookie", forged)));
    }

    [Fact]
    public async Task A_session_that_a_browser_was_given_beforehand_is_not_taken_over()
    {
        const string Planted = "trader=planted-by-somebody-else-0123456789abcdefgh";
        var cookie = await service.Here.LoginAsync(GuardedService.Password, ("Cookie", Planted), Page);
        Assert.NotEqual(Planted, cookie, StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Cookie", Planted)));
    }

    [Fact]
    public async Task A_cookie_that_was_logged_out_is_refused_and_its_stream_ends()
    {
        var cookie = (await service.Here.LoginAsync(GuardedService.Password))!;
        using var stream = await service.Here.GetAsync("/api/v1/events?symbol=BTCUSDT", ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        using (var logout = await service.Here.PostAsync("/api/v1/logout", null, ("Cookie", cookie), Page)) Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Cookie", cookie)));
        await ReadToEndAsync(stream);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        var token = $"Bearer {await service.Store.CreateTokenAsync("guest", AccessScope.Trade, Cancellation)}";
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Status, ("Authorization", token)));
        using var stream = await service.Here.GetAsync("/api/v1/events?symbol=BTCUSDT", ("Authorization", token));
        await service.Store.RevokeTokenAsync("guest", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, ("Authorization", token)));
        await ReadToEndAsync(stream);
    }

    [Fact]
    public async Task Guesses_of_the_password_have_to_wait_and_so_has_the_right_one_then()
    {
        var guest = service.From("127.0.0.9");
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(guest, $"guess number {i}")).Status);
        var (status, wait) = await LoginAsync(guest, GuardedService.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.InRange(wait!.Value.TotalSeconds, 1, 4);
    }

    [Fact]
    public async Task Guesses_all_at_once_are_checked_one_at_a_time()
    {
        var guest = service.From("127.0.0.10");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => LoginAsync(guest, $"guess number {i}")));
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized), 1, 3);
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("127.0.0.12", """{"password": ""}""")]
    [InlineData("127.0.0.14", """{"password": "correct horse battery "}""")]
    [InlineData("127.0.0.15", """{"password": "correct horse battery\u0000"}""")]
    public async Task A_password_that_is_empty_or_nearly_right_is_wrong(string from, string body)
    {
        using var answer = await service.From(from).PostAsync("/api/v1/login", body);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("127.0.0.11", "{}")]
    [InlineData("127.0.0.13", """{"password": null}""")]
    public async Task Without_a_password_there_is_nothing_to_check(string from, string body)
    {
        using var answer = await service.From(from).PostAsync("/api/v1/login", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_password_of_sixty_thousand_characters_is_wrong()
    {
        var (status, _) = await LoginAsync(service.From("127.0.0.16"), new string('x', 60_000));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Every_command_is_in_the_journal_with_who_and_from_where()
    {
        using (var paused = await service.Here.PostAsync(Pause, null, ("Cookie", service.Cookie), Page)) Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        using (var started = await service.From("127.0.0.17").PostAsync("/api/v1/start", null, ("Authorization", service.TradeToken))) Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        using var answer = await service.Here.GetAsync("/api/v1/notices?limit=200", ("Authorization", service.ReadToken));
        var notices = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).EnumerateArray().Select(notice => notice.GetProperty("text").GetString()).ToList();
        var commanded = notices.IndexOf($"token trader from 127.0.0.17: POST /api/v1/start.");
        Assert.Contains("The account is running from now on.", notices[(commanded + 1)..], StringComparer.Ordinal);
        Assert.Contains($"owner from 127.0.0.1: POST {Pause}.", notices, StringComparer.Ordinal);
        Assert.Contains(notices, notice => notice!.StartsWith("owner from 127.0.0.1: login", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_log_has_a_password_a_token_or_a_cookie()
    {
        const string Guess = "a guess that nobody may read";
        await LoginAsync(service.From("127.0.0.18"), Guess);
        await StatusOfAsync($"{Status}?token={service.TradeToken["Bearer ".Length..]}", ("Authorization", service.TradeToken));
        using (await service.Here.PostAsync("/api/v1/funds/deposit", "{", ("Authorization", service.TradeToken))) await StatusOfAsync(Status, ("Cookie", service.Cookie));
        var refused = false;
        foreach (var file in Directory.GetFiles(service.StateFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(open);
            var text = await reader.ReadToEndAsync(Cancellation);
            Assert.False(text.Contains("challenged", StringComparison.Ordinal), "a line of log for each request of somebody unknown");
            refused |= text.Contains("A login from 127.0.0.18 was refused", StringComparison.Ordinal);
            foreach (var secret in new[] { GuardedService.Password, Guess, service.TradeToken["Bearer ".Length..], service.ReadToken["Bearer ".Length..], service.Cookie["trader=".Length..] })
                Assert.False(text.Contains(secret, StringComparison.Ordinal), file);
        }

        Assert.True(refused, "the log does not tell of a refused login");
    }

    /// <summary>It comes to its end by itself; if it did not, this would fail.</summary>
    private static async Task ReadToEndAsync(HttpResponseMessage stream)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await stream.Content.ReadAsStringAsync(patience.Token);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait)> LoginAsync(Visitor visitor, string password)
    {
        using var answer = await visitor.PostAsync("/api/v1/login", JsonSerializer.Serialize(new { password }));
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }

    private async Task<HttpStatusCode> StatusOfAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await service.Here.GetAsync(path, headers);
        return answer.StatusCode;
    }

    private static bool IsReading(string method) => string.Equals(method, "GET", StringComparison.Ordinal);

    /// <summary>Every route that the service says it has, but the login.</summary>
    private async Task<List<(string Method, string Path)>> RoutesAsync()
    {
        using var answer = await service.Here.GetAsync("/openapi/v1.json", ("Authorization", service.ReadToken));
        var paths = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("paths");
        return
        [
            .. from path in paths.EnumerateObject()
               from method in path.Value.EnumerateObject()
               where !path.NameEquals("/api/v1/login")
               select (method.Name.ToUpperInvariant(), path.Name.Replace("{symbol}", "BTCUSDT", StringComparison.Ordinal).Replace("{code}", "DailyLoss", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal).Replace("{sequence}", "1", StringComparison.Ordinal)),
        ];
    }
}
