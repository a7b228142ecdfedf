using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Endpoints;

internal static class SymbolEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var symbols = api.MapGroup("/symbols").WithTags("Market");
        symbols.MapGet("", (Trading trading) => trading.SymbolsAsync())
            .WithSummary("Each symbol with its latest close and the strategy's verdict.");
        symbols.MapGet("/{symbol}/candles", CandlesAsync)
            .WithSummary("The latest candles of a symbol, oldest first.")
            .WithDescription($"limit: 1 to {Problems.MostItems}.")
            .Produces<CandlesView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CandlesAsync(Trading trading, string symbol, int limit = 500)
    {
        if (trading.Find(symbol) is not { } known) return Problems.UnknownSymbol(symbol, trading.Service.Symbols);
        return Problems.OfLimit(limit) ?? Results.Ok(await trading.Symbol(known).CandlesAsync(limit));
    }
}
