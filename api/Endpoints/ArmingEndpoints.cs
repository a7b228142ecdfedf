using OrleansTrader.Api.Security;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Api.Endpoints;

internal static class ArmingEndpoints
{
    private const string Armed = "Opens new positions with the money that the account has at the exchange, also after a restart, until it is disarmed.";
    private const string Disarmed = "Opens no new positions. Open positions are still left by strategy, stop or target, and stay covered.";

    public static void Map(RouteGroupBuilder api)
    {
        var control = api.MapGroup("").WithTags("Control").AddEndpointFilter(AccountEndpoints.RefuseUnknownAsync);
        control.MapPost("/arm", ArmAsync)
            .WithSummary($"Arms an account in live mode. {Armed}")
            .WithDescription("The body names the account: {\"confirm\": \"live-binance\"}.")
            .Produces<ArmingAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        control.MapPost("/disarm", DisarmAsync)
            .WithSummary($"Disarms it, and takes back what still buys. {Disarmed}")
            .Produces<ArmingAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ArmAsync(Trading trading, ArmRequest request, HttpContext http, TimeProvider clock)
    {
        var account = await trading.Portfolio.ViewAsync();
        if (NotReal(account.Arming) is { } refusal) return refusal;
        if (!string.Equals(request.Confirm, trading.Service.Account, StringComparison.Ordinal))
            return Results.Problem($"confirm is {(request.Confirm is { } given ? $"'{given}'" : "missing")}; it must be the name of the account, {trading.Service.Account}, letter by letter.", statusCode: StatusCodes.Status400BadRequest);
        if (account.IsKilled) return Results.Problem("The kill switch is pulled; release it first.", statusCode: StatusCodes.Status409Conflict);
        return await AnswerAsync(trading, await trading.Portfolio.ArmAsync(By(http, clock)), isArmed: true);
    }

    private static async Task<IResult> DisarmAsync(Trading trading, HttpContext http, TimeProvider clock) =>
        NotReal((await trading.Portfolio.ViewAsync()).Arming) ?? await AnswerAsync(trading, await trading.Portfolio.DisarmAsync(By(http, clock)), isArmed: false);

    private static IResult? NotReal(Arming? arming) =>
        arming is null ? Results.Problem("There is nothing to arm: only an account in live mode (Account:Mode=live) has to be.", statusCode: StatusCodes.Status409Conflict) : null;

    private static AccountCommand By(HttpContext http, TimeProvider clock) =>
        (Caller.Of(http.User) ?? Caller.Local).Asks(http, $"{http.Request.Method} {http.Request.Path}", clock);

    private static async Task<IResult> AnswerAsync(Trading trading, ControlOutcome outcome, bool isArmed)
    {
        if (outcome == ControlOutcome.Failed) return Problems.NotWritten();
        var obstacles = (await trading.StatusAsync()).EntryObstacles;
        var meaning = !isArmed ? Disarmed : obstacles.Count == 0 ? Armed : "Armed, also after a restart, until it is disarmed; it opens no new positions as long as something else is in the way.";
        return Results.Ok(new ArmingAnswer(isArmed, outcome == ControlOutcome.Done, meaning, obstacles));
    }
}
