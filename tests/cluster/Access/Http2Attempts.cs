using System.Buffers.Binary;
using System.Net;
using System.Text;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts over HTTP/2, which is spoken over https alone.</summary>
public class Http2Attempts(EncryptedService service) : IClassFixture<EncryptedService>
{
    /// <summary>ENHANCE_YOUR_CALM of RFC 9113, 7.</summary>
    private const int EnhanceYourCalm = 11;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_over_http2_meets_the_same_door()
    {
        using var line = await Http2Line.OpenAsync(service.Here, Cancellation);
        Assert.Equal("h2", line.Protocol);
        Assert.Equal(401, await AskAsync(line, 1, Http2Line.Request("GET", "/api/v1/status")));
        Assert.Equal(200, await AskAsync(line, 3, Http2Line.Request("GET", "/api/v1/status", ("authorization", service.ReadToken))));
        Assert.Equal(403, await AskAsync(line, 5, Http2Line.Request("POST", "/api/v1/pause", ("authorization", service.ReadToken))));
        (string, string)[] other = [(":method", "GET"), (":scheme", "https"), (":authority", "other.example"), (":path", "/api/v1/status"), ("authorization", service.ReadToken)];
        Assert.Equal(403, await AskAsync(line, 7, other));
        // A host beside it does not count.
        Assert.Equal(403, await AskAsync(line, 9, [.. other, ("host", "trader.example")]));
    }

    [Fact]
    public async Task Thousands_of_requests_taken_back_at_once_end_the_line_and_others_are_answered()
    {
        using var line = await Http2Line.OpenAsync(service.From("127.0.0.80"), Cancellation);
        var fields = Http2Line.Fields(Http2Line.Request("GET", "/api/v1/history", ("authorization", service.ReadToken)));
        var reading = line.ReadAsync(static (type, _) => type == Http2Line.GoAway, Cancellation);
        try
        {
            for (var stream = 1; !reading.IsCompleted; stream += 2)
            {
                await line.SendAsync([.. Http2Line.Frame(Http2Line.Headers, Http2Line.EndStream | Http2Line.EndHeaders, stream, fields), .. Http2Line.Frame(Http2Line.Reset, Http2Line.None, stream, [0, 0, 0, 8])], Cancellation);
            }
        }
        catch (IOException)
        {
            // The service has ended the line.
        }

        // Had it taken them all, nothing would have come to its end.
        if (await reading is [.., (Http2Line.GoAway, _, _, var why)]) Assert.Equal(EnhanceYourCalm, BinaryPrimitives.ReadInt32BigEndian(why.AsSpan(4)));
        using var answer = await service.From("127.0.0.81").GetAsync("/api/v1/status", ("Host", "trader.example"), ("Authorization", service.ReadToken));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_never_end_are_refused_over_http2_too()
    {
        using (var large = await Http2Line.OpenAsync(service.Here, Cancellation))
        {
            var fields = Http2Line.Fields([.. Http2Line.Request("GET", "/"), .. Enumerable.Range(0, 5).Select(i => ($"x-{i}", new string('x', 4_000)))]);
            await large.SendAsync(Http2Line.Frame(Http2Line.Headers, Http2Line.EndStream, 1, fields.AsSpan(0, 10_000)), Cancellation);
            await large.SendAsync(Http2Line.Frame(Http2Line.Continuation, Http2Line.EndHeaders, 1, fields.AsSpan(10_000)), Cancellation);
            AssertRefused(await large.ReadAsync(static (type, stream) => type == Http2Line.GoAway || stream == 1, Cancellation), 431);
        }

        using var endless = await Http2Line.OpenAsync(service.Here, Cancellation);
        await endless.SendAsync(Http2Line.Frame(Http2Line.Headers, Http2Line.EndStream, 1, Http2Line.Fields(Http2Line.Request("GET", "/"))), Cancellation);
        var reading = endless.ReadAsync(static (type, stream) => type == Http2Line.GoAway || stream == 1, Cancellation);
        var piece = Http2Line.Frame(Http2Line.Continuation, Http2Line.None, 1, Http2Line.Fields(("x", "x")));
        try
        {
            while (!reading.IsCompleted) await endless.SendAsync(piece, Cancellation);
        }
        catch (IOException)
        {
            // The service has ended the line.
        }

        AssertRefused(await reading, 431);
    }

    [Fact]
    public async Task Slow_headers_and_a_slow_body_end_the_line_over_http2_too()
    {
        using var headers = await Http2Line.OpenAsync(service.Here, Cancellation);
        using var body = await Http2Line.OpenAsync(service.Here, Cancellation);
        await headers.SendAsync(Http2Line.Frame(Http2Line.Headers, Http2Line.EndStream, 1, Http2Line.Fields(("x", "x"))), Cancellation);
        var fields = Http2Line.Fields(Http2Line.Request("POST", "/api/v1/funds/deposit", ("authorization", service.TradeToken), ("content-type", "application/json"), ("content-length", "1000")));
        await body.SendAsync([.. Http2Line.Frame(Http2Line.Headers, Http2Line.EndHeaders, 1, fields), .. Http2Line.Frame(Http2Line.Data, Http2Line.None, 1, "{"u8)], Cancellation);
        AssertRefused(await headers.ReadAsync(static (type, stream) => type == Http2Line.GoAway || stream == 1, Cancellation), 408);
        AssertRefused(await body.ReadAsync(static (type, stream) => type == Http2Line.GoAway || stream == 1, Cancellation), 408);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_over_http2_too()
    {
        using var line = await Http2Line.OpenAsync(service.Here, Cancellation);
        var fields = Http2Line.Fields(Http2Line.Request("POST", "/api/v1/funds/deposit", ("authorization", service.TradeToken), ("content-type", "application/json")));
        await line.SendAsync(Http2Line.Frame(Http2Line.Headers, Http2Line.EndHeaders, 1, fields), Cancellation);
        var blanks = Http2Line.Frame(Http2Line.Data, Http2Line.None, 1, Encoding.ASCII.GetBytes(new string(' ', 13_200)));
        // As many as may be under way without being asked for: 66,000 bytes would be more than 64 KiB.
        for (var sent = 0; sent < 4; sent++) await line.SendAsync(blanks, Cancellation);
        var reading = line.ReadAsync(static (type, stream) => type == Http2Line.GoAway || (stream == 1 && type is Http2Line.Headers or Http2Line.Reset), Cancellation);
        await line.SendAsync(blanks, Cancellation);
        AssertRefused(await reading, 413);
    }

    private static async Task<int> AskAsync(Http2Line line, int stream, (string Name, string Value)[] fields)
    {
        await line.SendAsync(Http2Line.Frame(Http2Line.Headers, Http2Line.EndStream | Http2Line.EndHeaders, stream, Http2Line.Fields(fields)), Cancellation);
        var frames = await line.ReadAsync((type, of) => of == stream && type is Http2Line.Headers or Http2Line.Reset, Cancellation);
        return frames[^1].Type == Http2Line.Headers ? Http2Line.StatusOf(frames[^1].Content) : 0;
    }

    /// <summary>By an answer, or, where there is none, by the end of the stream or of the line.</summary>
    private static void AssertRefused(List<(byte Type, byte Flags, int Stream, byte[] Content)> frames, int status)
    {
        if (frames[^1].Type == Http2Line.Headers) Assert.Equal(status, Http2Line.StatusOf(frames[^1].Content));
    }
}
