using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>Carries what comes over the network to the exchange, and its answers back.</summary>
internal sealed class ExchangeRoutes(SimulatedExchange exchange)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(60);

    public Task HandleAsync(HttpContext context) => context.WebSockets.IsWebSocketRequest ? SocketAsync(context) : RestAsync(context);

    private async Task SocketAsync(HttpContext context)
    {
        var gate = new LateLine();
        var (session, status) = exchange.Connect(context.Request.Path.Value ?? "", context.Request.QueryString.Value?.TrimStart('?') ?? "", IpOf(context), gate);
        if (session is null)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PongWithin });
        var line = new SocketLine(socket, exchange.Clock, context.Abort);
        gate.Open(line);
        await line.RunAsync(session, context.RequestAborted);
    }

    private async Task RestAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        var fault = exchange.Draw(request);
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, exchange.Clock, context.RequestAborted);
        var reply = exchange.Answer(request, fault);
        if (fault.IsDropped)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private async Task<RestRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers;
        return new RestRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value?.TrimStart('?') ?? "",
            body,
            headers.TryGetValue("X-MBX-APIKEY", out var key) ? key.ToString() : null,
            IpOf(context),
            headers.TryGetValue("X-MBX-TIME-UNIT", out var unit) ? unit.ToString() : null);
    }

    private string IpOf(HttpContext context)
    {
        if (exchange.Options.Limits.TrustsForwardedFor && context.Request.Headers.TryGetValue("X-Forwarded-For", out var forwarded)) return forwarded.ToString();
        var address = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
