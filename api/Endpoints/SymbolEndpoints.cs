namespace OrleansTrader.Api.Endpoints;

internal static class SymbolEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/symbols", (Trading trading) => trading.SymbolsAsync())
            .WithSummary("Each symbol with its latest close and the strategy's verdict.");
        api.MapGet("/symbols/{symbol}/candles", CandlesAsync)
            .WithSummary("The latest candles of a symbol, oldest first.");
    }

    private static async Task<IResult> CandlesAsync(Trading trading, string symbol, int limit = 500)
    {
        if (!trading.Knows(symbol)) return Problems.UnknownSymbol(symbol, trading.Service.Symbols);
        return Problems.OfLimit(limit) ?? Results.Ok(await trading.Symbol(symbol).CandlesAsync(limit));
    }
}
