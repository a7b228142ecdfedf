using OrleansTrader.Api.Security;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Endpoints;

/// <summary>Writes into the journal who asks for a change and from where, before it is done.</summary>
internal static class CommandNotes
{
    private const int LongestPath = 200;

    /// <summary>Of an endpoint that is not noted before it is done.</summary>
    public sealed record NotesItself;

    public static async ValueTask<object?> NoteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (RequestGuard.IsReading(http.Request) || IsNotedByItself(http) || Caller.Of(http.User) is not { } caller) return await next(context);
        var services = http.RequestServices;
        var command = caller.Asks(http, $"{http.Request.Method} {PathOf(http.Request)}", services.GetRequiredService<TimeProvider>());
        return await services.GetRequiredService<Trading>().Portfolio.NoteAsync(command) == ControlOutcome.Failed
            ? Problems.NotWritten()
            : await next(context);
    }

    /// <summary>Login and logout change nothing of the account, and must not wait for its journal; each is noted where it is known what came of it.</summary>
    private static bool IsNotedByItself(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<NotesItself>() is not null;

    private static string PathOf(HttpRequest request)
    {
        var path = Redaction.Clean(request.Path.Value ?? "");
        return path.Length > LongestPath ? path[..LongestPath] : path;
    }
}
