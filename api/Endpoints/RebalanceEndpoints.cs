using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Api.Endpoints;

internal static class RebalanceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var rebalance = api.MapGroup("/rebalance").WithTags("Portfolio").AddEndpointFilter(AccountEndpoints.RefuseUnknownAsync);
        rebalance.MapGet("", async (Trading trading) => await AnswerAsync(trading))
            .WithSummary("What a rebalancing to the targets of the settings would trade now, why, and what it would cost.");
        rebalance.MapPost("", RunAsync)
            .WithSummary("Begins to trade it: first what is sold, then what is bought with it. Purchases pass the limits as every entry does.")
            .Produces<RebalanceAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<RebalanceAnswer> AnswerAsync(Trading trading) => RebalanceAnswer.Of(await trading.Portfolio.RebalancePlanAsync(), await trading.Portfolio.ViewAsync(), await trading.Portfolio.LimitsAsync());

    private static async Task<IResult> RunAsync(Trading trading)
    {
        var (plan, account, limits) = (await trading.Portfolio.RebalancePlanAsync(), await trading.Portfolio.ViewAsync(), await trading.Portfolio.LimitsAsync());
        return await trading.Portfolio.RebalanceAsync() switch
        {
            ControlOutcome.Done => Results.Ok(RebalanceAnswer.Of(plan, account, limits)),
            ControlOutcome.Unchanged => Results.Problem(RebalanceAnswer.WhyNot(plan), statusCode: StatusCodes.Status409Conflict),
            _ => Results.Problem("It could not be written to the journal, so it does not happen; try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
        };
    }
}
