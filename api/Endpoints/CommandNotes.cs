using Microsoft.AspNetCore.Http.HttpResults;
using OrleansTrader.Api.Security;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Endpoints;

/// <summary>Writes into the journal who asks for a change and from where, before it is done, and that it was refused where it was.</summary>
internal static class CommandNotes
{
    private const int LongestPath = 200;
    private const int LongestReason = 300;

    /// <summary>Of an endpoint that is not noted before it is done.</summary>
    public sealed record NotesItself;

    public static async ValueTask<object?> NoteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (RequestGuard.IsReading(http.Request) || IsNotedByItself(http) || Caller.Of(http.User) is not { } caller) return await next(context);
        var services = http.RequestServices;
        var command = caller.Asks(http, $"{http.Request.Method} {PathOf(http.Request)}", services.GetRequiredService<TimeProvider>());
        var portfolio = services.GetRequiredService<Trading>().Portfolio;
        if (await portfolio.NoteAsync(command) == ControlOutcome.Failed) return Problems.NotWritten();
        var answer = await next(context);
        // It was noted as asked before; where this cannot be written, it stays so.
        if (ReasonOf(answer) is { } reason) await portfolio.NoteAsync(command with { What = $"{command.What} was refused: {reason}" });
        return answer;
    }

    /// <summary>Why a command was refused for what it asked; null where it was not.</summary>
    private static string? ReasonOf(object? answer)
    {
        if (answer is not ProblemHttpResult { StatusCode: >= 400 and < 500, ProblemDetails.Detail: { } detail }) return null;
        var reason = Redaction.Clean(detail).TrimEnd('.');
        return reason.Length > LongestReason ? $"{reason[..LongestReason]}…" : reason;
    }

    /// <summary>Login and logout change nothing of the account, and must not wait for its journal; each is noted where it is known what came of it.</summary>
    private static bool IsNotedByItself(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<NotesItself>() is not null;

    private static string PathOf(HttpRequest request)
    {
        var path = Redaction.Clean(request.Path.Value ?? "");
        return path.Length > LongestPath ? path[..LongestPath] : path;
    }
}
