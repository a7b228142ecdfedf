using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace OrleansTrader.Api.Security;

/// <summary>Tells the framework who asks.</summary>
/// <remarks>Without a log: a line for every request of somebody unknown is what they would fill the disk with.</remarks>
internal sealed class AccessHandler(Callers callers, IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string SchemeName = "Access";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => await callers.FindAsync(Request, Context.RequestAborted) is { } caller
        ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName))
        : AuthenticateResult.NoResult();

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }
}
