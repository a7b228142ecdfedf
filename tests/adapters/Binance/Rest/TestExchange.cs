using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>A real HTTP server that answers as the test says and keeps what it was asked.</summary>
internal sealed class TestExchange : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, Func<Asked, HttpContext, Task>> _answers = new(StringComparer.Ordinal);

    private TestExchange()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.UseWebSockets();
        _server.Run(AnswerAsync);
    }

    public ConcurrentQueue<Asked> All { get; } = new();

    /// <summary>Answers at every place of which nothing else was said; null for status 404.</summary>
    public Func<Asked, HttpContext, Task>? Otherwise { get; set; }

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<TestExchange> StartAsync()
    {
        var exchange = new TestExchange();
        await exchange._server.StartAsync();
        return exchange;
    }

    /// <summary>What was asked at a place, such as <c>GET /api/v3/time</c>.</summary>
    public IReadOnlyList<Asked> At(string place) => [.. All.Where(asked => string.Equals(asked.Place, place, StringComparison.Ordinal))];

    public void On(string place, Func<Asked, HttpContext, Task> answer) => _answers[place] = answer;

    public void On(string place, string json, int status = StatusCodes.Status200OK, params (string Name, string Value)[] headers) => On(place, (_, context) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync(json);
    });

    /// <summary>Shows the time of this clock at <c>/api/v3/time</c>.</summary>
    public void ShowTime(Func<DateTimeOffset> clock) => On("GET /api/v3/time", (_, context) => context.Response.WriteAsync($$"""{"serverTime":{{clock().ToUnixTimeMilliseconds()}}}"""));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var body = await reader.ReadToEndAsync();
        var asked = new Asked($"{context.Request.Method} {context.Request.Path}", target, body, context.Request.Headers["X-MBX-APIKEY"].ToString(), context.Request.ContentType);
        All.Enqueue(asked);
        if (_answers.TryGetValue(asked.Place, out var answer)) await answer(asked, context);
        else if (Otherwise is { } otherwise) await otherwise(asked, context);
        else context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}

/// <summary>One request as it arrived.</summary>
/// <param name="Target">Path and query as they came, or the whole address at a proxy.</param>
internal sealed record Asked(string Place, string Target, string Body, string ApiKey, string? ContentType)
{
    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>All parameters in the order in which they were sent.</summary>
    public string Text => Query + Body;

    public long Timestamp => long.Parse(this["timestamp"], System.Globalization.CultureInfo.InvariantCulture);

    public string this[string name] => Uri.UnescapeDataString(Text.Split('&').Single(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..]);
}
