using OrleansTrader.Api.Events;

namespace OrleansTrader.Api.Endpoints;

internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", (Trading trading, UpdateStream updates, string symbol, CancellationToken cancellation) => trading.Knows(symbol)
                ? TypedResults.ServerSentEvents(updates.ReadAsync(symbol, cancellation))
                : Problems.UnknownSymbol(symbol, trading.Service.Symbols))
            .WithSummary("What changes, about twice a second, as server-sent events; candles are those of one symbol.");
}
