using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts by what no browser would put on the wire: broken, endless, slow and ambiguous requests.</summary>
[Collection(GuardedCollection.Name)]
public class WireAttempts(GuardedService service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Host => $"Host: 127.0.0.1:{service.Url.Port}\r\n";

    private string Trade => $"Authorization: {service.TradeToken}\r\n";

    [Theory]
    [InlineData("/../state/access.json")]
    [InlineData("/../../../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/js/..%5c..%5cappsettings.json")]
    [InlineData("/js/%252e%252e/%252e%252e/access.json")]
    [InlineData("//etc/passwd")]
    [InlineData("/js/../../OrleansTrader.Api.dll")]
    [InlineData("/lib/%00/../../access.json")]
    public async Task A_path_that_climbs_out_of_the_page_leads_nowhere(string path)
    {
        var answer = await AskAsync($"GET {path} HTTP/1.1\r\n{Host}{Trade}Connection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|401|404) ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_names_another_host_than_its_header_is_refused() =>
        Assert.Matches("^HTTP/1.1 (400|403) ", await AskAsync($"GET http://trader.example/api/v1/status HTTP/1.1\r\n{Host}{Trade}Connection: close\r\n\r\n"));

    [Fact]
    public async Task A_request_without_a_host_or_with_two_is_refused()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Trade}Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Host}Host: trader.example\r\n{Trade}Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Matches("^HTTP/1.1 (400|403) ", await AskAsync($"GET /api/v1/status HTTP/1.0\r\n{Trade}\r\n"));
    }

    [Fact]
    public async Task A_line_break_in_a_path_becomes_no_header_of_the_answer()
    {
        foreach (var field in new[] { "/api/v1/symbols/BTC%0d%0aSet-Cookie:%20trader=planted/candles", "/%0d%0aSet-Cookie:%20trader=planted", "/api/v1/fills?symbol=%0d%0aSet-Cookie:%20trader=planted" })
        {
            var answer = await AskAsync($"GET {field} HTTP/1.1\r\n{Host}{Trade}Connection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 4", answer);
            Assert.DoesNotContain("\nSet-Cookie", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("X-Broken: a\0b")]
    [InlineData("X-Broken: a\rSet-Cookie: b")]
    [InlineData("X Broken: a")]
    [InlineData("X-Broken : a")]
    [InlineData(" X-Folded: a")]
    [InlineData(": a")]
    public async Task A_header_that_is_none_is_refused(string header) =>
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Host}{header}\r\n{Trade}Connection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/status HTTP/1.1\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Content-Length: 0x2\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n")]
    public async Task A_request_whose_end_can_be_read_in_two_ways_is_refused(string rest)
    {
        var answer = await AskAsync($"POST /api/v1/funds/deposit HTTP/1.1\r\n{Host}{Trade}Content-Type: application/json\r\n{rest}");
        Assert.Matches("^HTTP/1.1 4", answer);
        // One answer, then the line is closed: nothing is left that could be taken for a second request.
        Assert.Equal(0, answer.LastIndexOf("HTTP/1.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_in_pieces_that_never_ends_is_cut_off()
    {
        var piece = $"4000\r\n{new string(' ', 0x4000)}\r\n";
        Assert.StartsWith("HTTP/1.1 413 ", await AskAsync($"POST /api/v1/funds/deposit HTTP/1.1\r\n{Host}{Trade}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat(piece, 5))}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_many_and_an_endless_address_are_refused()
    {
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync($"GET / HTTP/1.1\r\n{Host}X-Large: {new string('x', 20_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync($"GET / HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: x\r\n"))}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await AskAsync($"GET /{new string('x', 5_000)} HTTP/1.1\r\n{Host}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_bodies_that_come_too_slowly_are_cut_off()
    {
        // Both wait for the service to lose its patience: for headers after 5 seconds, for a body after 2.
        var headers = AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Host}X-Slow: ");
        var body = AskAsync($"POST /api/v1/funds/deposit HTTP/1.1\r\n{Host}{Trade}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{");
        Assert.StartsWith("HTTP/1.1 408 ", await headers, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408 ", await body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_opens_hundreds_of_lines_keeps_nobody_else_out()
    {
        var greedy = service.From("127.0.0.60");
        var lines = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => OpenAsync(greedy)));
        using var answer = await service.From("127.0.0.61").GetAsync("/api/v1/status", ("Authorization", service.ReadToken));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var line in lines) line?.Dispose();
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003")]
    [InlineData("\r\n\r\nEHLO trader.example\r\n\r\n")]
    public async Task What_is_no_http_is_refused(string text)
    {
        var answer = await AskAsync(text);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_switch_to_another_protocol_is_not_made()
    {
        var answer = await AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Host}{Trade}Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        using var after = await service.Here.GetAsync("/api/v1/status", ("Authorization", service.ReadToken));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Http2_is_not_spoken_in_the_clear()
    {
        var known = await AskAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        // What is no line of HTTP/1.1 may be answered by the one frame that refuses it.
        Assert.DoesNotContain("200", known, StringComparison.Ordinal);
        Assert.True(known.Length < 100, known);
        var asked = await AskAsync($"GET /api/v1/status HTTP/1.1\r\n{Host}{Trade}Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("101 Switching", asked, StringComparison.Ordinal);
    }

    /// <summary>Null where the service has closed it at once.</summary>
    private static async Task<Socket?> OpenAsync(Visitor visitor)
    {
        try
        {
            return await visitor.ConnectAsync(Cancellation);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private Task<string> AskAsync(string text) => service.Here.RawAsync(text, Cancellation);
}
