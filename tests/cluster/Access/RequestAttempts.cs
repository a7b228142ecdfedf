using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts by a foreign page, by another name of the service, and by what stands in a request.</summary>
[Collection(GuardedCollection.Name)]
public partial class RequestAttempts(GuardedService service)
{
    private const string Status = "/api/v1/status";
    private const string Pause = "/api/v1/pause";
    private const string Deposit = "/api/v1/funds/deposit";
    private const string Limits = "/api/v1/risk/limits";
    private const string Script = "<script>alert(1)</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private (string Name, string Value) Read => ("Authorization", service.ReadToken);

    private (string Name, string Value) Trade => ("Authorization", service.TradeToken);

    [Theory]
    [InlineData("http://trader.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost.trader.example")]
    [InlineData("https://127.0.0.1")]
    [InlineData("null")]
    [InlineData("file://")]
    public async Task A_page_of_another_site_commands_nothing_with_the_owners_cookie(string origin)
    {
        using var answer = await service.Here.PostAsync(Pause, null, ("Cookie", service.Cookie), ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_site_commands_nothing_with_the_owners_cookie()
    {
        foreach (var type in new[] { "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain" })
        {
            // Without an origin, as some old browser or a proxy in between might leave it; and with one, where the type is what refuses.
            using var bare = await service.Here.PostAsync(Deposit, """{"amount": 100}""", ("Cookie", service.Cookie), ("Content-Type", type));
            Assert.Equal(HttpStatusCode.Forbidden, bare.StatusCode);
            using var typed = await service.Here.PostAsync(Deposit, """{"amount": 100}""", Trade, ("Content-Type", type));
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, typed.StatusCode);
        }
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_picture_or_script_of_another_site_reads_nothing_with_the_owners_cookie(string site)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(Status, ("Cookie", service.Cookie), ("Sec-Fetch-Site", site)));
    }

    [Fact]
    public async Task A_link_commands_nothing()
    {
        foreach (var path in new[] { Pause, "/api/v1/risk/kill", "/api/v1/logout", Limits })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusOfAsync(path, ("Cookie", service.Cookie)));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_log_a_browser_in()
    {
        using var answer = await service.Here.PostAsync("/api/v1/login", $$"""{"password": "{{GuardedService.Password}}"}""", ("Origin", "http://trader.example"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Another_site_is_not_allowed_to_read_answers()
    {
        using var asked = await service.Here.SendAsync("OPTIONS", Pause, null, ("Origin", "http://trader.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        using var answer = await service.Here.GetAsync(Status, Read);
        Assert.DoesNotContain(answer.Headers.Concat(asked.Headers), header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("trader.example")]
    [InlineData("127.0.0.1.trader.example")]
    [InlineData("localhost.")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_was_bound_to_this_address_does_not_lead_here(string host)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(Status, Read, ("Host", host)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync("/", ("Host", host)));
    }

    [Fact]
    public async Task Headers_that_claim_another_sender_or_name_are_not_believed()
    {
        (string, string)[] claims = [("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "127.0.0.1"), ("X-Forwarded-Proto", "https"), ("X-Original-URL", "/"), ("X-Rewrite-URL", "/")];
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Status, claims));
        // Believed, they would make the cookie one of https, and the sender this machine.
        Assert.StartsWith("trader=", await service.From("127.0.0.71").LoginAsync(GuardedService.Password, claims), StringComparison.Ordinal);
        using (var notices = await service.Here.GetAsync("/api/v1/notices?limit=200", Read)) Assert.Contains("owner from 127.0.0.71: login", await notices.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(Status, [Read, ("Host", "trader.example"), .. claims]));
    }

    [Fact]
    public async Task The_page_has_no_script_or_style_of_its_own_and_no_other_may_run_in_it()
    {
        foreach (var path in new[] { "/", "/login.html" })
        {
            using var answer = await service.Here.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotMatch(Inline(), await answer.Content.ReadAsStringAsync(Cancellation));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_is_shown_in_no_frame_its_type_is_not_guessed_and_no_answer_is_kept()
    {
        using var answer = await service.Here.GetAsync(Status, Read);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(
            ["DENY", "nosniff", "no-referrer", "same-origin", "no-store"],
            new[] { "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control" }.Select(name => answer.Headers.GetValues(name).Single()),
            StringComparer.Ordinal);
        Assert.False(answer.Headers.Contains("Server"), "the server tells what it is");
    }

    [Theory]
    [InlineData("POST", "/api/v1/login", """{"password": "TEXT"}""")]
    [InlineData("POST", "/api/v1/funds/deposit", """{"amount": 1, "asset": "TEXT"}""")]
    [InlineData("POST", "/api/v1/funds/deposit", """{"amount": "TEXT"}""")]
    [InlineData("POST", "/api/v1/funds/reset", """{"amount": "TEXT"}""")]
    [InlineData("PUT", "/api/v1/risk/limits", """{"TEXT": 1}""")]
    [InlineData("PUT", "/api/v1/risk/limits", """{"maxDailyLoss": "TEXT"}""")]
    [InlineData("PUT", "/api/v1/risk/limits", """{"preset": "TEXT"}""")]
    [InlineData("POST", "/api/v1/risk/limits/TEXT/lift", "")]
    [InlineData("POST", "/api/v1/risk/locks/TEXT/lift", "")]
    [InlineData("GET", "/api/v1/symbols/TEXT/candles", null)]
    [InlineData("GET", "/api/v1/fills?symbol=TEXT", null)]
    [InlineData("GET", "/api/v1/fills?limit=TEXT", null)]
    [InlineData("GET", "/api/v1/decisions?kind=TEXT", null)]
    [InlineData("GET", "/api/v1/decisions?from=TEXT", null)]
    [InlineData("GET", "/api/v1/decisions/TEXT", null)]
    [InlineData("GET", "/api/v1/events?symbol=TEXT", null)]
    [InlineData("GET", "/TEXT", null)]
    public async Task A_script_in_any_text_field_comes_back_as_text_that_no_browser_runs(string method, string path, string? body)
    {
        using var answer = await service.From("127.0.0.30").SendAsync(method, path.Replace("TEXT", Uri.EscapeDataString(Script), StringComparison.Ordinal), body?.Replace("TEXT", Script, StringComparison.Ordinal), Trade);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var answer = await service.Here.PostAsync(Deposit, $$"""{"amount": 1, "asset": "{{new string('x', 70_000)}}"}""", Trade);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"amount": 1e999999999}""")]
    [InlineData("""{"amount": 79228162514264337593543950336}""")]
    [InlineData("""{"amount": 1e400}""")]
    [InlineData("""{"amount": -1}""")]
    [InlineData("""{"amount": NaN}""")]
    [InlineData("""{"amount": [1]}""")]
    [InlineData("""{"amount": 1,}""")]
    [InlineData("[[[[]]]]")]
    [InlineData("\u0000")]
    public async Task A_number_that_is_none_moves_no_money(string body)
    {
        using var answer = await service.Here.PostAsync(Deposit, body, Trade);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_nested_ten_thousand_levels_deep_is_refused()
    {
        foreach (var (method, path) in new[] { ("POST", Deposit), ("PUT", Limits), ("POST", "/api/v1/login") })
        {
            using var answer = await service.From("127.0.0.31").SendAsync(method, path, string.Concat(Enumerable.Repeat("{\"a\":[", 5_000)), Trade);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_thousand_names_that_are_no_limits_are_refused()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"maxDailyLoss{i}\": 0.01")) + "}";
        using var answer = await service.Here.SendAsync("PUT", Limits, body, Trade);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_unpacks_to_thirty_megabytes_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(new byte[30_000_000], Cancellation);
        using var client = new HttpClient { BaseAddress = service.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Deposit, UriKind.Relative)) { Content = new ByteArrayContent(packed.ToArray()) };
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(service.TradeToken);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        const string Entity = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>""";
        using var answer = await service.Here.PostAsync(Deposit, Entity, Trade, ("Content-Type", "application/xml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task A_method_that_nothing_takes_is_refused(string method)
    {
        var answer = await service.Here.RawAsync($"{method} {Status} HTTP/1.1\r\nHost: 127.0.0.1:{service.Url.Port}\r\nAuthorization: {service.TradeToken}\r\nConnection: close\r\n\r\n", Cancellation);
        Assert.Matches("^HTTP/1.1 (400|405) ", answer);
        Assert.DoesNotContain("trader_", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_wrong_request_tells_nothing_of_the_inside()
    {
        foreach (var path in new[] { "/api/v1/decisions/99999999999999999999", "/api/v1/fills?limit=x", "/api/v1/nothing", "/api/v1/symbols/%00/candles" })
        {
            using var answer = await service.Here.GetAsync(path, Read);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.InRange((int)answer.StatusCode, 400, 499);
            Assert.DoesNotContain(" at OrleansTrader", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
            Assert.DoesNotContain(service.Folder, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_flood_of_requests_is_thinned_and_others_are_still_answered()
    {
        var flood = service.From("127.0.0.40");
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(async _ =>
        {
            using var answer = await flood.GetAsync(Status);
            return answer.StatusCode;
        }));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.InRange(answers.Count(status => status != HttpStatusCode.TooManyRequests), 200, 590);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Status, Read));
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();

    private async Task<HttpStatusCode> StatusOfAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await service.Here.GetAsync(path, headers);
        return answer.StatusCode;
    }
}
