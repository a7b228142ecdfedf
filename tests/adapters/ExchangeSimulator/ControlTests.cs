using System.Net;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What the back door answers to somebody who sends it something wrong.</summary>
public sealed class ControlTests
{
    public static TheoryData<string, string, string, string> WrongBodies => new()
    {
        { "POST", "deposit", "", "The body of the request: it is empty; it must be a JSON object with account, asset, amount." },
        { "POST", "deposit", "null", "The body of the request: it is empty; it must be a JSON object with account, asset, amount." },
        { "POST", "deposit", "much", "The body of the request: this is not JSON." },
        { "POST", "deposit", "[1]", "The body of the request: it must be a JSON object with account, asset, amount." },
        { "POST", "deposit", """{"account":"first"}""", "The body of the request: asset, amount are missing; it must be a JSON object with account, asset, amount." },
        { "POST", "deposit", """{"account":"first","asset":null,"amount":1}""", "The body of the request: asset must be a text." },
        { "POST", "deposit", """{"account":"first","asset":"USDT","amount":"much"}""", "The body of the request: amount must be a number." },
        { "POST", "deposit", """{"account":"first","asset":"USDT","amount":1,"sum":2}""", "The body of the request: sum is not a member; there are account, asset, amount." },
        { "POST", "deposit", """{"account":"first","asset":"USDT","amount":1,"amount":2}""", "The body of the request: amount stands there twice; leave one of the two out." },
        { "POST", "deposit", """{"account":"first","asset":"FOO","amount":1}""", "asset is 'FOO'; it must be one of BTC, USDT." },
        { "POST", "faults/next", "{}", "The body of the request: kind is missing; it must be a JSON object with kind, operation, count." },
        { "POST", "faults/next", """{"kind":"OFTEN"}""", "The body of the request: kind must be one of NONE, DROP_BEFORE, DROP_AFTER, ERROR_BEFORE, ERROR_AFTER, TIMEOUT_BEFORE, TIMEOUT_AFTER, OVERLOADED, TOO_MANY_REQUESTS, BANNED." },
        { "POST", "faults/next", """{"kind":"BANNED","count":1.5}""", "The body of the request: count must be a whole number." },
        { "POST", "faults/next", """{"kind":"BANNED","count":0}""", "count is 0; it must be a whole number from 1 on." },
        { "PUT", "faults", "7", "The body of the request: it must be a JSON object with operations, latency, latencyMilliseconds, dropBefore, dropAfter, errorBefore, errorAfter, timeoutBefore, timeoutAfter, overloaded, tooManyRequests, banned, retryAfterSeconds, partialFills, clockSkewMilliseconds, balanceLagMilliseconds, maintenance, events, streams." },
        { "PUT", "faults", """{"timeoutAfter":"often"}""", "The body of the request: timeoutAfter must be a number." },
        { "PUT", "faults", """{"timeoutAfter":1,"timeoutAfter":0}""", "The body of the request: timeoutAfter stands there twice; leave one of the two out." },
        { "PUT", "faults", """{"timeoutAfter":2}""", "Faults:TimeoutAfter is '2'. The field TimeoutAfter must be between 0 and 1." },
        { "PUT", "faults", """{"operations":5}""", "The body of the request: operations must be a list." },
        { "PUT", "faults", """{"events":{"lost":true}}""", "The body of the request: events.lost must be a number." },
        { "PUT", "symbols/BTCUSDT", """{"status":"SLEEPING"}""", "The body of the request: status must be one of TRADING, HALT, BREAK, END_OF_DAY, CANCEL_ONLY." },
        { "PUT", "symbols/BTCUSDT", """{"filters":5}""", "filters: it must be a JSON object with" },
        { "PUT", "symbols/BTCUSDT", """{"filters":{"tickSize":"small"}}""", "filters: tickSize must be a number." },
        { "PUT", "symbols/BTCUSDT", """{"filters":{"tickSize":0}}""", "filters: tickSize and stepSize must be numbers above 0, and minNotional one from 0 on." },
        { "PUT", "accounts/first", "{}", "The body of the request: canTrade is missing; it must be a JSON object with canTrade." },
        { "PUT", "accounts/first", """{"canTrade":"no"}""", "The body of the request: canTrade must be true or false." },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_body_is_refused_with_what_where_and_what_is_allowed(string verb, string path, string body, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 100));
        var answer = await visitor.ControlAsync(verb, path, body);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
        Assert.Equal(("Bad Request", 400), (answer.Field("title"), answer.Json.GetProperty("status").GetInt32()));
        Assert.StartsWith(expected, answer.Field("detail"), StringComparison.Ordinal);
        // Nothing of it has come about.
        Assert.Equal(0, (await visitor.ControlAsync("GET", "faults")).Json.GetProperty("timeoutAfter").GetDouble());
    }

    [Theory]
    [InlineData("POST", "deposit", """{"account":"second","asset":"USDT","amount":1}""", HttpStatusCode.NotFound, "There is no account second; there are first.")]
    [InlineData("POST", "deposit", """{"account":"first","asset":"USDT","amount":-20000}""", HttpStatusCode.Conflict, "amount is -20000; only 10000 USDT is free.")]
    [InlineData("PUT", "symbols/NOSUCH", "{}", HttpStatusCode.NotFound, "There is no symbol NOSUCH; there are BTCUSDT.")]
    [InlineData("PUT", "accounts/second", """{"canTrade":true}""", HttpStatusCode.NotFound, "There is no account second; there are first.")]
    [InlineData("GET", "nothing", null, HttpStatusCode.NotFound, "There is no GET /sim/nothing; docs/exchange-simulator.md lists what there is.")]
    public async Task What_is_not_there_is_answered_with_what_there_is(string verb, string path, string? body, HttpStatusCode status, string expected)
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of(100, 100));
        var answer = await visitor.ControlAsync(verb, path, body);
        Assert.Equal((status, expected), (answer.Status, answer.Field("detail")));
    }
}
