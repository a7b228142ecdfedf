using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Endpoints;

internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var account = api.MapGroup("").WithTags("Account").AddEndpointFilter(RefuseUnknownAsync);
        account.MapGet("/portfolio", PortfolioAsync).WithSummary("Cash, equity, figures and the equity curve of the account.");
        account.MapGet("/positions", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Positions).WithSummary("What is held or being opened.");
        account.MapGet("/orders", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Orders).WithSummary("Orders that are not finished.");
        account.MapGet("/performance", (Trading trading) => trading.PerformanceAsync())
            .WithSummary("What the account has brought by day, week and month, and its closed trades by symbol, strategy, regime and exit.");
        Map(account, "/trades", "Closed trades, oldest first.", history => history.Trades);
        DecisionEndpoints.Map(account);
        Map(account, "/notices", "What the owner should know, oldest first.", history => history.Notices);
        Describe<FillView>(account.MapGet("/fills", FillsAsync), "Single trades of orders, of one symbol or of all, oldest first.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Map<T>(RouteGroupBuilder account, string path, string summary, Func<HistoryView, IEnumerable<T>> items) =>
        Describe<T>(
            account.MapGet(path, async (Trading trading, int limit = 100) =>
                Problems.OfLimit(limit) ?? Results.Ok(items(await trading.Portfolio.HistoryAsync(0, limit)))),
            summary);

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary)
        .WithDescription($"limit: 1 to {Problems.MostItems}, the latest.")
        .Produces<T[]>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> FillsAsync(Trading trading, string? symbol = null, int limit = 100)
    {
        var known = symbol is null ? null : trading.Find(symbol);
        if (symbol is not null && known is null) return Problems.UnknownSymbol(symbol, trading.Service.Symbols);
        if (Problems.OfLimit(limit) is { } problem) return problem;
        var fills = (await trading.Portfolio.HistoryAsync(0, Problems.MostItems)).Fills;
        return Results.Ok(fills.Where(fill => known is null || string.Equals(fill.Symbol, known, StringComparison.Ordinal)).TakeLast(limit));
    }

    private static async Task<PortfolioAnswer> PortfolioAsync(Trading trading)
    {
        var portfolio = await trading.Portfolio.ViewAsync();
        var history = await trading.Portfolio.HistoryAsync(0, 1);
        return new PortfolioAnswer(
            portfolio.Account,
            portfolio.Sequence,
            portfolio.StartCash,
            portfolio.Flows,
            portfolio.Cash,
            portfolio.Reserved,
            portfolio.Figures,
            portfolio.DayBegin,
            history.Equity,
            portfolio.External,
            portfolio.Obstacle)
        {
            Valuation = await trading.ValuationAsync(portfolio),
        };
    }

    /// <summary>An account that cannot be told has no figures: zeros would be taken for them.</summary>
    internal static async ValueTask<object?> RefuseUnknownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var trading = context.HttpContext.RequestServices.GetRequiredService<Trading>();
        return (await trading.Portfolio.ViewAsync()).Problem is { } problem ? Problems.OfAccount(problem) : await next(context);
    }
}
