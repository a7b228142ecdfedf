#if !ORLEANS
using System.Net;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Orders;
using Exchange = OrleansTrader.ExchangeSimulator.SimulatedExchange;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>
/// Carries requests of REST to the exchange and its answers back, slowly, and at times not at all. What is under way arrives also when whoever
/// sent it is no more.
/// </summary>
internal sealed class SimulatedWire(World world, TimeProvider line, Exchange exchange, Action<RestRequest> passing) : HttpMessageHandler
{
    private static readonly byte[] NotShown = """{"code":-2013,"msg":"Order does not exist."}"""u8.ToArray();
    private static readonly TimeSpan ShownAfter = TimeSpan.FromSeconds(6);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = new RestRequest(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.TryGetValues("X-MBX-APIKEY", out var key) ? key.Single() : null);
        var answer = new TaskCompletionSource<RestReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var given = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        if (world.Fails(400, "a request hangs")) After(TimeSpan.FromSeconds(60), () => Carry(asked, answer));
        else if (world.Fails(60, "a request is lost")) After(Lag, () => Break(answer));
        else After(Lag, () => Carry(asked, answer));
        return MessageOf(await answer.Task);
    }

    private TimeSpan Lag => TimeSpan.FromMilliseconds(world.Random.Next(1, 120));

    private void Carry(RestRequest asked, TaskCompletionSource<RestReply> answer)
    {
        passing(asked);
        var fault = exchange.Draw(asked);
        if (fault.Kind != default) world.Say($"{asked.Verb} {asked.Path}: {fault.Kind}");
        After(fault.Delay, () =>
        {
            var reply = IsHidden(asked) ? Hidden(asked) : exchange.Answer(asked, fault);
            if (fault.IsDropped || world.Fails(60, "an answer is lost")) After(Lag, () => Break(answer));
            else After(Lag, () => answer.TrySetResult(reply));
        });
    }

    /// <summary>The exchange may show an order later than it takes it.</summary>
    private bool IsHidden(RestRequest asked) =>
        asked is { Verb: "GET", Path: "/api/v3/order" or "/api/v3/orderList" or "/api/v3/allOrders" }
        && exchange.Floor.Register.Orders.LastOrDefault() is { } newest && line.GetUtcNow().UtcDateTime - newest.Created < ShownAfter
        && (asked.Path is "/api/v3/allOrders" || IsAbout(asked, newest))
        && world.Fails(3, "an order is not shown yet");

    private static bool IsAbout(RestRequest asked, Order order) =>
        asked.Query.Contains($"ClientOrderId={order.ClientId}", StringComparison.Ordinal) || (order.List is { } list && asked.Query.Contains($"ClientOrderId={list.ClientId}&", StringComparison.Ordinal));

    private static RestReply Hidden(RestRequest asked) => asked.Path.EndsWith("s", StringComparison.Ordinal) ? new RestReply(200, "[]"u8.ToArray(), []) : new RestReply(400, NotShown, []);

    private void After(TimeSpan delay, Action act) => line.CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan);

    private static void Break(TaskCompletionSource<RestReply> answer) => answer.TrySetException(new IOException("the line is down"));

    private static HttpResponseMessage MessageOf(RestReply reply)
    {
        var message = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ByteArrayContent(reply.Body) };
        foreach (var (name, value) in reply.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
#endif
