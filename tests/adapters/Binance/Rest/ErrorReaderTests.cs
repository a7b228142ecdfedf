using System.Text;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

public sealed class ErrorReaderTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 15, DateTimeKind.Utc);

    [Theory]
    [InlineData(400, -2014, "API-key format invalid.", BinanceErrorKind.BadKey, "Binance does not take the API key for one; store it again exactly as Binance shows it.")]
    [InlineData(401, -2015, "Invalid API-key, IP, or permissions for action.", BinanceErrorKind.KeyRefused, "Binance refuses the API key: 'Invalid API-key, IP, or permissions for action.' (-2015); see at Binance that the key exists, that it allows reading and spot trading, and that the address of this machine is among those it allows.")]
    [InlineData(400, -2015, "Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7", BinanceErrorKind.KeyRefused, "Binance refuses the API key from the address 203.0.113.7; add that address to those that the key allows, or see whether the key still exists and may do this.")]
    [InlineData(400, -1022, "Signature for this request is not valid.", BinanceErrorKind.BadSignature, "Binance finds the signature wrong; the stored secret does not belong to the API key, so store both again.")]
    [InlineData(400, -1021, "Timestamp for this request is outside of the recvWindow.", BinanceErrorKind.WrongClock, "Binance finds the time of the request wrong: 'Timestamp for this request is outside of the recvWindow.' (-1021); the clock was measured anew, so if this stays, set the clock of this machine by NTP or look for a slow network.")]
    [InlineData(400, -1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.", BinanceErrorKind.WrongClock, "Binance finds the time of the request wrong: 'Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.' (-1102); the clock was measured anew, so if this stays, set the clock of this machine by NTP or look for a slow network.")]
    [InlineData(400, -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.", BinanceErrorKind.Rejected, "Binance refuses the request: 'Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.' (-1102).")]
    [InlineData(400, -1013, "Filter failure: LOT_SIZE", BinanceErrorKind.Rejected, "Binance refuses the request: 'Filter failure: LOT_SIZE' (-1013).")]
    [InlineData(400, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", BinanceErrorKind.Overloaded, "Binance is overloaded: 'Server is currently overloaded with other requests. Please try again in a few minutes.' (-1008); try again in some minutes.")]
    [InlineData(409, -2021, "Order cancel-replace partially failed.", BinanceErrorKind.HalfDone, "Binance did only one half of what was asked: 'Order cancel-replace partially failed.' (-2021); the answer tells which.")]
    public void Each_refusal_is_one_sentence_with_what_to_do(int status, int code, string message, BinanceErrorKind kind, string sentence)
    {
        var error = Read(status, $$"""{"code":{{code}},"msg":"{{message}}"}""");
        Assert.Equal((kind, code, message, sentence), (error.Kind, error.Code, error.Message, error.Sentence));
        Assert.Equal(kind == BinanceErrorKind.HalfDone, error.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(408, "")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"code":-1008,"msg":"Server is currently overloaded with other requests."}""")]
    [InlineData(400, """{"code":-1006,"msg":"An unexpected response was received from the message bus. Execution status unknown."}""")]
    [InlineData(408, """{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}""")]
    [InlineData(400, """{"code":-1000,"msg":"An unknown error occurred while processing the request."}""")]
    public void What_the_exchange_itself_does_not_know_is_unknown_for_orders_and_cancellations_alone(int status, string body)
    {
        foreach (var nature in new[] { RequestNature.Order, RequestNature.Cancel, RequestNature.Read })
        {
            var error = Read(status, body, nature: nature);
            Assert.Equal(BinanceErrorKind.ServerFailed, error.Kind);
            Assert.Equal(nature != RequestNature.Read, error.IsOutcomeUnknown);
            Assert.EndsWith(nature == RequestNature.Read ? "Ask again later." : "it is not sent again blindly.", error.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(400, "")]
    [InlineData(404, "<html>Not Found</html>")]
    [InlineData(413, """{"msg":"too large"}""")]
    [InlineData(499, "")]
    public void A_refusal_without_a_number_is_somebody_elses_and_leaves_the_outcome_unknown(int status, string body)
    {
        foreach (var nature in new[] { RequestNature.Order, RequestNature.Cancel })
        {
            var error = Read(status, body, nature: nature);
            Assert.Equal((BinanceErrorKind.Unreadable, true), (error.Kind, error.IsOutcomeUnknown));
            Assert.EndsWith("it is not sent again blindly.", error.Sentence, StringComparison.Ordinal);
        }

        var read = Read(status, body, nature: RequestNature.Read);
        Assert.Equal((BinanceErrorKind.Rejected, false), (read.Kind, read.IsOutcomeUnknown));
    }

    [Fact]
    public void A_ban_lasts_until_the_later_of_what_header_and_message_say()
    {
        const string Body = """{"code":-1003,"msg":"Way too much request weight used; IP banned until 1767229200000. Please use WebSocket Streams for live updates to avoid bans."}""";
        var error = Read(418, Body, retryAfterSeconds: 120);
        Assert.Equal(BinanceErrorKind.Banned, error.Kind);
        Assert.Equal(new DateTime(2026, 1, 1, 1, 0, 0, DateTimeKind.Utc), Now + error.RetryAfter);
        Assert.Equal("Binance has banned this address; nothing is sent until 2026-01-01 01:00:00 UTC, since every request would make it longer. See what else uses it.", error.Sentence);
        Assert.Equal(TimeSpan.FromHours(2), Read(418, Body, retryAfterSeconds: 7_200).RetryAfter);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 45)]
    public void After_429_it_waits_as_told_and_0_means_until_the_next_minute(int told, int wait) =>
        Assert.Equal(TimeSpan.FromSeconds(wait), Read(429, """{"code":-1003,"msg":"Too much request weight used; current limit is 6000 request weight per 1 MINUTE."}""", told).RetryAfter);

    [Fact]
    public void Too_many_orders_are_not_too_many_requests() =>
        Assert.Equal(BinanceErrorKind.TooManyOrders, Read(429, """{"code":-1015,"msg":"Too many new orders; current limit is 100 orders per 10 SECOND."}""", 3).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"code":"x","msg":7,"data":{"code":1}}""")]
    [InlineData("""{"code":99999999999999,"msg":null""")]
    public void The_firewall_may_answer_anything(string body)
    {
        var error = Read(403, body);
        Assert.Equal((BinanceErrorKind.Blocked, 0, ""), (error.Kind, error.Code, error.Message));
        Assert.StartsWith("The firewall of api.test refuses requests from here", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_exchange_says_is_cleaned_of_keys_line_ends_and_length()
    {
        OrleansTrader.Adapters.Secrets.KnownSecrets.OfProcess.Add("the-key-in-a-message");
        var error = Read(400, $$"""{"code":-1100,"msg":"bad\nthe-key-in-a-message {{new string('x', 1_000)}}"}""");
        Assert.StartsWith("bad*** xxx", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 200, 300);
    }

    private static BinanceError Read(int status, string body, int? retryAfterSeconds = null, RequestNature nature = RequestNature.Order) =>
        ErrorReader.Read(status, Encoding.UTF8.GetBytes(body), retryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Now, nature, "api.test");
}
