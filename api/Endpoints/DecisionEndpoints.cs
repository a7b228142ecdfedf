using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Endpoints;

internal static class DecisionEndpoints
{
    private static readonly string[] Kinds = ["bought", "left", "reduced", "kept", "refused"];

    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/decisions", FindAsync)
            .WithSummary("What was decided and why, refusals included, oldest first.")
            .WithDescription($"symbol, kind ({string.Join(", ", Kinds)}), from and to (UTC, by the time of the step) choose among the latest {Problems.MostItems}; limit: 1 to {Problems.MostItems}, the latest. before: the number of a decision; then those before it, out of the whole journal.")
            .Produces<DecisionView[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        account.MapGet("/decisions/{sequence:long}", async (Trading trading, long sequence) => await trading.Portfolio.DecisionAsync(sequence) is { } found
                ? Results.Ok(found)
                : Results.Problem($"There is no decision {sequence} among the latest; /api/v1/decisions lists them, and older ones alone with ?before=.", statusCode: StatusCodes.Status404NotFound))
            .WithSummary("One decision with its order, its fills and the trade that came of it, and all of it as one paragraph; of the latest decisions.")
            .Produces<DecisionRecordView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> FindAsync(Trading trading, string? symbol = null, string? kind = null, DateTimeOffset? from = null, DateTimeOffset? to = null, int limit = 100, long? before = null)
    {
        var known = symbol is null ? null : trading.Find(symbol);
        if (symbol is not null && known is null) return Problems.UnknownSymbol(symbol, trading.Service.Symbols);
        if (kind is not null && !Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
            return Results.Problem($"kind is '{kind}'; it must be one of {string.Join(", ", Kinds)}.", statusCode: StatusCodes.Status400BadRequest);
        if (Problems.OfLimit(limit) is { } problem) return problem;
        if (before is { } sequence) return await OlderAsync(trading, new JournalQuery { From = from?.UtcDateTime, To = to?.UtcDateTime, Symbol = known, Kind = kind, After = sequence, Limit = limit });
        var decisions = (await trading.Portfolio.HistoryAsync(0, Problems.MostItems)).Decisions.Where(decision =>
            (known is null || string.Equals(decision.Symbol, known, StringComparison.Ordinal))
            && (kind is null || string.Equals(decision.Kind, kind, StringComparison.OrdinalIgnoreCase))
            && (from is null || decision.Time >= from.Value.UtcDateTime)
            && (to is null || decision.Time <= to.Value.UtcDateTime));
        return Results.Ok(decisions.TakeLast(limit));
    }

    /// <summary>Out of the journal, oldest first as all lists are.</summary>
    private static async Task<IResult> OlderAsync(Trading trading, JournalQuery query)
    {
        var page = await trading.Journal(trading.Service.Account).DecisionsAsync(query);
        return page.Problem is { } problem ? Problems.OfAccount(problem) : Results.Ok(page.Decisions.Reverse());
    }
}
