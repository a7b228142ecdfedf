using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Endpoints;

internal static class RiskEndpoints
{
    private static readonly RefusalCode[] Watched = [RefusalCode.DailyLoss, RefusalCode.Drawdown, RefusalCode.LossStreak];

    public static void Map(RouteGroupBuilder api)
    {
        var risk = api.MapGroup("/risk").WithTags("Risk");
        risk.MapGet("", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Problem is { } problem
            ? Problems.OfAccount(problem)
            : Results.Ok(await trading.Portfolio.RiskAsync()))
            .WithSummary("The limits in force, how far the account is from each, and the locks that hold.")
            .Produces<RiskView>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        Map(risk, "/kill", "Sells every position at the market and opens none until the switch is released; holds in every run state and after a restart.", portfolio => portfolio.PullKillSwitchAsync());
        Map(risk, "/release", "Releases the kill switch.", portfolio => portfolio.ReleaseKillSwitchAsync());
        Describe(
            risk.MapPost("/locks/{id:long}/lift", (Trading trading, long id) => AnswerAsync(trading, portfolio => portfolio.LiftLockAsync(id))),
            "Ends a lock before its time.");
        Describe(
            risk.MapPost("/limits/{code}/lift", (Trading trading, string code) => LiftLimitAsync(trading, code)),
            "Lifts a watched limit that was crossed (DailyLoss, Drawdown or LossStreak); it counts anew from the equity of this moment.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Map(RouteGroupBuilder risk, string path, string summary, Func<IPortfolioGrain, Task<ControlOutcome>> command) =>
        Describe(risk.MapPost(path, (Trading trading) => AnswerAsync(trading, command)), summary);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary)
        .Produces<RiskAnswer>()
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> LiftLimitAsync(Trading trading, string code)
    {
        foreach (var known in Watched)
            if (string.Equals(known.ToString(), code, StringComparison.OrdinalIgnoreCase))
                return await AnswerAsync(trading, portfolio => portfolio.LiftLimitAsync(known));
        return Results.Problem($"There is no watched limit '{code}'; there are {string.Join(", ", Watched)}.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(Trading trading, Func<IPortfolioGrain, Task<ControlOutcome>> command) => await command(trading.Portfolio) switch
    {
        ControlOutcome.Failed => Results.Problem(
            "The command could not be written to the journal, so it does not hold; try again.",
            statusCode: StatusCodes.Status503ServiceUnavailable),
        var outcome => Results.Ok(new RiskAnswer(outcome == ControlOutcome.Done, await trading.Portfolio.RiskAsync())),
    };
}
