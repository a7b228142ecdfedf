namespace OrleansTrader.Api.Endpoints;

internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/status", (Trading trading) => trading.StatusAsync())
            .WithTags("Service")
            .WithSummary("What the service runs and how it stands.");
}
