using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Api.Endpoints;

internal static class FundsEndpoints
{
    private const decimal Least = 0.01m;
    private const decimal LeastCoin = 0.00000001m;
    private const decimal Most = 1_000_000_000;

    public static void Map(RouteGroupBuilder api)
    {
        var funds = api.MapGroup("/funds").WithTags("Funds");
        Map(funds, "/deposit", "Pays quote currency into the paper account, or base currency of a symbol as a holding of its owner; neither a profit nor a reason for a limit.", (trading, request) => MoveAsync(trading, request, 1));
        Map(funds, "/withdraw", "Pays quote currency out of the paper account, as far as no order holds it, or base currency of a symbol, its owner's first.", (trading, request) => MoveAsync(trading, request, -1));
        Map(funds, "/reset", "Lets the paper account begin anew with so much cash, without any profit or loss; only while nothing is held and no order is open.", ResetAsync);
    }

    private static void Map(RouteGroupBuilder funds, string path, string summary, Func<Trading, FundsRequest, Task<IResult>> handle) => funds
        .MapPost(path, handle)
        .WithSummary(summary)
        .Produces<FundsAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ResetAsync(Trading trading, FundsRequest request) =>
        ProblemOf(request, Least) ?? await AnswerAsync(trading, null, await trading.Exchange.ResetAsync(request.Amount!.Value));

    private static async Task<IResult> MoveAsync(Trading trading, FundsRequest request, int sign)
    {
        var rules = trading.Service.Rules;
        if (string.IsNullOrEmpty(request.Asset) || rules.Any(known => Is(request.Asset, known.QuoteAsset)))
            return ProblemOf(request, Least) ?? await AnswerAsync(trading, null, await trading.Exchange.MoveFundsAsync(sign * request.Amount!.Value));

        var coin = rules.FirstOrDefault(known => Is(request.Asset, known.BaseAsset));
        if (coin is null) return BadRequest($"asset is '{request.Asset}'; it must be one of {string.Join(", ", rules.Take(1).Select(known => known.QuoteAsset).Concat(rules.Select(known => known.BaseAsset)))}.");
        if (ProblemOf(request, LeastCoin) is { } problem) return problem;
        // What came before a price is known would count as a profit with the first.
        if (double.IsNaN((await trading.Symbol(coin.Symbol).ViewAsync()).LastClose)) return Conflict($"{coin.Symbol} has no price yet; try again after its first bar.");
        return await AnswerAsync(trading, coin, await trading.Exchange.MoveHoldingAsync(coin.Symbol, sign * request.Amount!.Value));
    }

    private static IResult? ProblemOf(FundsRequest request, decimal least) => request.Amount is { } amount && amount >= least && amount <= Most && decimal.Round(amount, 8) == amount
        ? null
        : BadRequest(string.Create(CultureInfo.InvariantCulture, $"amount is {(request.Amount is { } given ? given.ToString(CultureInfo.InvariantCulture) : "missing")}; it must be a number from {least} to {Most} with at most 8 decimals."));

    /// <param name="coin">The symbol whose base currency was moved; null for quote currency.</param>
    private static async Task<IResult> AnswerAsync(Trading trading, SymbolRules? coin, FundsOutcome outcome)
    {
        var account = await trading.Portfolio.ViewAsync();
        return outcome switch
        {
            FundsOutcome.Done => Results.Ok(new FundsAnswer(account.Cash, account.Figures.Equity)),
            FundsOutcome.NotEnough when coin is not null => Conflict($"The account does not have so much {coin.BaseAsset}."),
            FundsOutcome.NotEnough => Conflict(string.Create(CultureInfo.InvariantCulture, $"Only {account.Cash - account.Reserved} is free; orders and positions hold the rest.")),
            FundsOutcome.NotIdle => Conflict("A position is held or an order is open; pull the kill switch or leave them first."),
            FundsOutcome.NotPaper => Conflict("The account's money lies at its exchange; move it there."),
            FundsOutcome.Failed => Results.Problem("It could not be written to the journal, so it did not happen; try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => Results.Problem("Nobody knows whether it happened; look at the account before you try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
        };
    }

    private static bool Is(string asset, string known) => string.Equals(asset, known, StringComparison.OrdinalIgnoreCase);

    private static IResult BadRequest(string why) => Results.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Conflict(string why) => Results.Problem(why, statusCode: StatusCodes.Status409Conflict);
}
