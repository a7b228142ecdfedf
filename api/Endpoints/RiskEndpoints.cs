using System.Collections.Immutable;
using System.Text.Json;
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
            : Results.Ok(await trading.RiskAsync()))
            .WithSummary("The limits in force, how far the account is from each, and the locks that hold.")
            .Produces<RiskView>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        risk.MapGet("/history", async (Trading trading) => (await trading.Portfolio.ViewAsync()).Problem is { } problem
            ? Problems.OfAccount(problem)
            : Results.Ok(await trading.Portfolio.LimitsHistoryAsync()))
            .WithSummary("Who has set which limit, when, from what to what; the latest 200 changes, oldest first.")
            .Produces<LimitsChangeView[]>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        risk.MapGet("/presets", PresetsAsync)
            .WithSummary("The presets of limits, and what each means in money for the equity of this moment.");
        Describe(risk.MapPut("/limits", ChangeAsync), "Sets limits by name; they hold from the next decision on and after a restart. Nothing here touches an order that reduces a position.")
            .WithDescription("One JSON object, such as {\"maxDailyLoss\": 0.03}. With \"preset\" all limits become those of the preset, and the others named lie over it. A name that is none or a value that is not allowed changes nothing.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
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

    private static async Task<PresetAnswer[]> PresetsAsync(Trading trading)
    {
        var equity = (await trading.Portfolio.ViewAsync()).Figures.Equity;
        return [.. Enum.GetValues<RiskPreset>().Select(preset => new PresetAnswer(preset, RiskPresets.Explain(RiskPresets.Of(preset), equity), RiskPresets.Of(preset)))];
    }

    private static async Task<IResult> ChangeAsync(Trading trading, Dictionary<string, JsonElement> values)
    {
        if (values.Count == 0) return Results.Problem("No limit is named; send one JSON object, such as {\"maxDailyLoss\": 0.03}.", statusCode: StatusCodes.Status400BadRequest);
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
        {
            if (texts.ContainsKey(name)) return Results.Problem($"The body of the request: {name} stands there twice; leave one of the two out.", statusCode: StatusCodes.Status400BadRequest);
            texts[name] = value.ToString();
        }

        var changed = await trading.Portfolio.ChangeLimitsAsync(texts.ToImmutable());
        return changed.Problems.IsEmpty
            ? await AnswerAsync(trading, _ => Task.FromResult(changed.Outcome))
            : Results.Problem(string.Join(' ', changed.Problems), statusCode: StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> LiftLimitAsync(Trading trading, string code)
    {
        foreach (var known in Watched)
            if (string.Equals(known.ToString(), code, StringComparison.OrdinalIgnoreCase))
                return await AnswerAsync(trading, portfolio => portfolio.LiftLimitAsync(known));
        return Results.Problem($"There is no watched limit '{code}'; there are {string.Join(", ", Watched)}.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(Trading trading, Func<IPortfolioGrain, Task<ControlOutcome>> command) => await command(trading.Portfolio) switch
    {
        ControlOutcome.Failed => Problems.NotWritten(),
        var outcome => Results.Ok(new RiskAnswer(outcome == ControlOutcome.Done, await trading.RiskAsync())),
    };
}
