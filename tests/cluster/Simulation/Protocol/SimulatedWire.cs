#if !ORLEANS
using System.Net;
using Orleans.Embedded;
using OrleansTrader.ExchangeSimulator.Api;
using Exchange = OrleansTrader.ExchangeSimulator.SimulatedExchange;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>Carries requests of REST to the exchange and its answers back, slowly, and at times not at all.</summary>
internal sealed class SimulatedWire(World world, SimulatedProcess process, Exchange exchange, Action<RestRequest> passing) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = new RestRequest(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.TryGetValues("X-MBX-APIKEY", out var key) ? key.Single() : null);
        await LagAsync(cancellationToken);
        if (world.Fails(60, "a request is lost")) throw new IOException("the line is down");
        if (world.Fails(400, "a request hangs")) await Task.Delay(TimeSpan.FromSeconds(60), process.Time, cancellationToken);
        passing(asked);
        var fault = exchange.Draw(asked);
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, process.Time, cancellationToken);
        var reply = exchange.Answer(asked, fault);
        if (fault.Kind != default) world.Say($"{asked.Verb} {asked.Path}: {fault.Kind}");
        if (fault.IsDropped) throw new IOException("the line is down");
        await LagAsync(cancellationToken);
        if (world.Fails(60, "an answer is lost")) throw new IOException("the line is down");
        return MessageOf(reply);
    }

    private Task LagAsync(CancellationToken cancellation) => Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 120)), process.Time, cancellation);

    private static HttpResponseMessage MessageOf(RestReply reply)
    {
        var message = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ByteArrayContent(reply.Body) };
        foreach (var (name, value) in reply.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
#endif
