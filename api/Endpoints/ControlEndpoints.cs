using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Api.Endpoints;

internal static class ControlEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var control = api.MapGroup("").WithTags("Control");
        Map(control, "/start", RunState.Running);
        Map(control, "/pause", RunState.Paused);
        Map(control, "/stop", RunState.Stopped);
    }

    private static void Map(RouteGroupBuilder control, string path, RunState run) =>
        control.MapPost(path, async (Trading trading) => await trading.Portfolio.SetRunStateAsync(run) switch
        {
            ControlOutcome.Failed => Problems.NotWritten(),
            var outcome => Results.Ok(AnswerOf(await trading.StatusAsync(), outcome)),
        }).WithSummary(RunMeaning.Of(run)).Produces<ControlAnswer>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>What the account does now, which something else than its run state may decide.</summary>
    private static ControlAnswer AnswerOf(StatusAnswer now, ControlOutcome outcome) => new(now.Run, outcome == ControlOutcome.Done, now.RunMeaning, now.EntryObstacles);
}
