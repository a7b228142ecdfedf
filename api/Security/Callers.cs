using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Security;

/// <summary>Finds out who sends a request: by a token, by the cookie of a session, or by sitting at a machine where nobody has to log in.</summary>
internal sealed class Callers(CredentialsInForce inForce, Sessions sessions)
{
    private const string Bearer = "Bearer ";

    /// <summary>Null when it is nobody who is known.</summary>
    public async ValueTask<Caller?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        var credentials = await inForce.NowAsync(cancellation);
        if (!inForce.IsLoginNeeded) return Caller.Local;
        // Who shows a token is judged by that alone.
        if (request.Headers.Authorization.Count > 0) return TokenOf(request, credentials) is { } token ? Caller.Of(token) : null;
        return SessionCookie.Read(request) is { } id && sessions.IsOpen(id, credentials.Password) ? Caller.Owner : null;
    }

    private static AccessToken? TokenOf(HttpRequest request, Credentials credentials)
    {
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return null;
        var text = header[Bearer.Length..].Trim();
        var token = credentials.Find(text);
        if (token is not null) Redaction.Know(text);
        return token;
    }
}
