using System.Security.Claims;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Access;

namespace OrleansTrader.Api.Security;

/// <summary>Who asks.</summary>
/// <param name="Who">As the journal names it.</param>
internal sealed record Caller(string Who, AccessScope Scope)
{
    private const string ScopeClaim = "scope";

    /// <summary>Who sits at this machine, where nobody has to log in.</summary>
    public static Caller Local { get; } = new("local user", AccessScope.Trade);

    /// <summary>Who has logged in by the password.</summary>
    public static Caller Owner { get; } = new("owner", AccessScope.Trade);

    public static Caller Of(AccessToken token) => new($"token {token.Name}", token.Scope);

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, Who), new Claim(ScopeClaim, Scope.ToString())], scheme));

    /// <summary>What the journal keeps of a request of this caller's.</summary>
    public AccountCommand Asks(HttpContext context, string what, TimeProvider clock) =>
        new(Who, ClientAddress.TextOf(context), what) { At = clock.GetUtcNow().UtcDateTime };

    /// <summary>Null for nobody.</summary>
    public static Caller? Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } who } && Enum.TryParse<AccessScope>(principal.FindFirstValue(ScopeClaim), out var scope) ? new Caller(who, scope) : null;
}
