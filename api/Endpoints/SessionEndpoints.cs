using OrleansTrader.Api.Security;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Endpoints;

internal static class SessionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var session = api.MapGroup("").WithTags("Session");
        session.MapPost("/login", LoginAsync)
            .AllowAnonymous()
            .WithMetadata(new CommandNotes.NotesItself())
            .WithSummary("Logs the owner in by the password; the answer sets the cookie of the session.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        session.MapPost("/logout", LogoutAsync).WithMetadata(new CommandNotes.NotesItself()).WithSummary("Ends the session.").Produces(StatusCodes.Status204NoContent);
        session.MapGet("/session", (HttpContext context) => Caller.Of(context.User) is { } caller ? Results.Ok(new SessionAnswer(caller.Who, caller.Scope)) : Results.Unauthorized())
            .WithSummary("Who asks, and what they may do.")
            .Produces<SessionAnswer>()
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> LoginAsync(HttpContext context, LoginRequest request, Login login)
    {
        if (request.Password is null) return Results.Problem("password is missing; it must be a text.", statusCode: StatusCodes.Status400BadRequest);
        if (await login.ExpectedAsync(context.RequestAborted) is not { } expected)
        {
            return login.CanRead
                ? Results.Problem("No password is set; the owner sets one with 'trader access password'.", statusCode: StatusCodes.Status409Conflict)
                : Results.Problem("The credentials cannot be read, so nobody can log in; the service's log says why.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var (id, wait) = await login.TryAsync(context, request.Password, expected);
        if (id is not null)
        {
            SessionCookie.Write(context, id);
            return Results.NoContent();
        }

        if (wait == TimeSpan.Zero) return Results.Problem("The password is wrong.", statusCode: StatusCodes.Status401Unauthorized);
        RequestLimits.SetWait(context.Response, wait);
        return Results.Problem($"Too many attempts; try again in {context.Response.Headers.RetryAfter} s.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, Sessions sessions, Login login)
    {
        if (SessionCookie.Read(context.Request) is { } id) sessions.End(id);
        SessionCookie.Remove(context);
        await login.TellAsync(context, Caller.Of(context.User) ?? Caller.Owner, "logout");
        return Results.NoContent();
    }
}
