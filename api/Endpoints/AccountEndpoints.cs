using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Endpoints;

internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/portfolio", PortfolioAsync).WithSummary("Cash, equity, figures and the equity curve of the account.");
        api.MapGet("/positions", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Positions).WithSummary("What is held or being opened.");
        api.MapGet("/orders", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Orders).WithSummary("Orders that are not finished.");
        Map(api, "/trades", "Closed trades, oldest first.", history => history.Trades);
        Map(api, "/decisions", "What was decided and why, refusals included, oldest first.", history => history.Decisions);
        Map(api, "/fills", "Single trades of orders, oldest first.", history => history.Fills);
        Map(api, "/notices", "What the owner should know, oldest first.", history => history.Notices);
    }

    private static void Map<T>(RouteGroupBuilder api, string path, string summary, Func<HistoryView, IEnumerable<T>> items) =>
        api.MapGet(path, async (Trading trading, int limit = 100) =>
            Problems.OfLimit(limit) ?? Results.Ok(items(await trading.Portfolio.HistoryAsync(0, limit)))).WithSummary(summary);

    private static async Task<PortfolioAnswer> PortfolioAsync(Trading trading)
    {
        var portfolio = await trading.Portfolio.ViewAsync();
        var history = await trading.Portfolio.HistoryAsync(0, 1);
        return new PortfolioAnswer(portfolio.Account, portfolio.Sequence, portfolio.StartCash, portfolio.Cash, portfolio.Reserved, portfolio.Figures, history.Equity);
    }
}
