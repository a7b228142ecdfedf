using OrleansTrader.Api.Security;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Endpoints;

/// <summary>Writes into the journal who asks for a change and from where, before it is done.</summary>
internal static class CommandNotes
{
    private const int LongestPath = 200;

    public static async ValueTask<object?> NoteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Nobody is known yet at a login, which notes itself.
        if (RequestGuard.IsReading(http.Request) || Caller.Of(http.User) is not { } caller) return await next(context);
        var command = new AccountCommand(caller.Who, ClientAddress.TextOf(http), $"{http.Request.Method} {PathOf(http.Request)}");
        return await http.RequestServices.GetRequiredService<Trading>().Portfolio.NoteAsync(command) == ControlOutcome.Failed
            ? Results.Problem("The command could not be written to the journal, so it does not hold; try again.", statusCode: StatusCodes.Status503ServiceUnavailable)
            : await next(context);
    }

    private static string PathOf(HttpRequest request)
    {
        var path = Redaction.Clean(request.Path.Value ?? "");
        return path.Length > LongestPath ? path[..LongestPath] : path;
    }
}
