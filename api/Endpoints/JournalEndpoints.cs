using OrleansTrader.Core.Ports;

namespace OrleansTrader.Api.Endpoints;

internal static class JournalEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/journal", FindAsync)
        .WithTags("Journal")
        .WithSummary("Facts of the account, or of the service, from the whole journal, a page at a time.")
        .WithDescription($"from and to (UTC, by the time of the fact), symbol, and kind (a kind of fact such as filled, or one of {string.Join(", ", JournalKinds.GroupNames)}) choose; limit: 1 to {Problems.MostItems}; order: newest or oldest first; after: next of the page before. of: account, or service for logins, credentials and settings.")
        .Produces<JournalAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> FindAsync(Trading trading, DateTimeOffset? from = null, DateTimeOffset? to = null, string? symbol = null, string? kind = null, long? after = null, int limit = 100, string order = "newest", string of = "account")
    {
        if (Problems.OfLimit(limit) is { } problem) return problem;
        if (kind is not null && !JournalKinds.TryParse(kind, out _)) return Wrong($"kind is '{kind}'; it must be a kind of fact such as filled, or one of {string.Join(", ", JournalKinds.GroupNames)}.");
        if (order is not ("newest" or "oldest")) return Wrong($"order is '{order}'; it must be newest or oldest.");
        if (of is not ("account" or "service")) return Wrong($"of is '{of}'; it must be account or service.");
        if (from > to) return Wrong("from must not lie after to.");
        var query = new JournalQuery { From = from?.UtcDateTime, To = to?.UtcDateTime, Symbol = symbol is null ? null : trading.Find(symbol) ?? symbol, Kind = kind, After = after, Limit = limit, IsNewestFirst = order is "newest" };
        var page = await trading.Journal(of is "service" ? trading.Service.Journal : trading.Service.Account).FindAsync(query);
        return page.Problem is { } failed ? Results.Problem(failed, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Ok(JournalAnswer.Of(page));
    }

    private static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
