using System.Globalization;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Api.Endpoints;

internal static class FundsEndpoints
{
    private const decimal Least = 0.01m;
    private const decimal Most = 1_000_000_000;

    public static void Map(RouteGroupBuilder api)
    {
        var funds = api.MapGroup("/funds").WithTags("Funds");
        Map(funds, "/deposit", "Pays quote currency into the paper account; neither a profit nor a reason for a limit.", (trading, amount) => trading.Exchange.MoveFundsAsync(amount));
        Map(funds, "/withdraw", "Pays quote currency out of the paper account, as far as no order holds it.", (trading, amount) => trading.Exchange.MoveFundsAsync(-amount));
        Map(funds, "/reset", "Lets the paper account begin anew with so much cash, without any profit or loss; only while nothing is held and no order is open.", (trading, amount) => trading.Exchange.ResetAsync(amount));
    }

    private static void Map(RouteGroupBuilder funds, string path, string summary, Func<Trading, decimal, Task<FundsOutcome>> move) => funds
        .MapPost(path, async (Trading trading, FundsRequest request) => ProblemOf(request) ?? await AnswerAsync(trading, request.Amount!.Value, move))
        .WithSummary(summary)
        .Produces<FundsAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static IResult? ProblemOf(FundsRequest request) => request.Amount is >= Least and <= Most and var amount && decimal.Round(amount, 8) == amount
        ? null
        : Results.Problem(
            string.Create(CultureInfo.InvariantCulture, $"amount is {(request.Amount is { } given ? given.ToString(CultureInfo.InvariantCulture) : "missing")}; it must be a number from {Least} to {Most} with at most 8 decimals."),
            statusCode: StatusCodes.Status400BadRequest);

    private static async Task<IResult> AnswerAsync(Trading trading, decimal amount, Func<Trading, decimal, Task<FundsOutcome>> move)
    {
        var outcome = await move(trading, amount);
        var account = await trading.Portfolio.ViewAsync();
        return outcome switch
        {
            FundsOutcome.Done => Results.Ok(new FundsAnswer(account.Cash, account.Figures.Equity)),
            FundsOutcome.NotEnough => Conflict(string.Create(CultureInfo.InvariantCulture, $"Only {account.Cash - account.Reserved} is free; orders and positions hold the rest.")),
            FundsOutcome.NotIdle => Conflict("A position is held or an order is open; pull the kill switch or leave them first."),
            FundsOutcome.NotPaper => Conflict("The account's money lies at a real exchange; move it there."),
            FundsOutcome.Failed => Results.Problem("It could not be written to the journal, so it did not happen; try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => Results.Problem("Nobody knows whether it happened; look at the account before you try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
        };
    }

    private static IResult Conflict(string why) => Results.Problem(why, statusCode: StatusCodes.Status409Conflict);
}
