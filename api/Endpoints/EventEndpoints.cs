using OrleansTrader.Api.Events;
using OrleansTrader.Api.Security;

namespace OrleansTrader.Api.Endpoints;

internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", (HttpContext context, Callers callers, Trading trading, UpdateStream updates, string symbol, CancellationToken cancellation, long? after = null) => trading.Find(symbol) is { } known
                ? TypedResults.ServerSentEvents(updates.ReadAsync(known, after, async () => await callers.FindAsync(context.Request, cancellation) is not null, cancellation))
                : Problems.UnknownSymbol(symbol, trading.Service.Symbols))
            .RequireRateLimiting(RequestLimits.Streams)
            .WithTags("Service")
            .WithSummary("What changes, about twice a second, as server-sent events; candles are those of one symbol.")
            .WithDescription("Events: 'update', and 'ping' while nothing happens. after: the sequence number of the portfolio that the client has; without it, facts from now on.")
            .Produces<Update>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
}
