using System.Net;

namespace OrleansTrader.Api.Security;

/// <summary>
/// Lets requests pass that come from this machine, name it as their host and, if they come from a page, come from a page of it: nobody
/// else may reach the account, and no foreign site through the owner's browser.
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        // Whoever forwards a port or mounts this elsewhere can make the host look right; the sender is who it is.
        if (!IsFromHere(context.Connection.RemoteIpAddress))
            await RefuseAsync(context, "The request comes from another machine; without a login this service answers its own machine only.");
        else if (!IsThisMachine(context.Request.Host.Host))
            await RefuseAsync(context, $"The host '{context.Request.Host.Host}' is not this machine; use 127.0.0.1 or localhost.");
        else if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsSamePlace(page, context.Request)))
            await RefuseAsync(context, "The request comes from a page of another site.");
        else
            await next(context);
    }

    /// <summary>Whether a host, as an address spells it, is one of the three names of this machine.</summary>
    public static bool IsThisMachine(string host) =>
        host is "127.0.0.1" or "[::1]" or "::1" || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);

    private async Task RefuseAsync(HttpContext context, string detail)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = StatusCodes.Status403Forbidden, Detail = detail } });
    }

    /// <summary>Another program on this machine may serve pages too, at another port.</summary>
    private static bool IsSamePlace(Uri page, HttpRequest request) =>
        IsThisMachine(page.Host)
        && string.Equals(page.Scheme, request.Scheme, StringComparison.Ordinal)
        && page.Port == (request.Host.Port ?? new UriBuilder(request.Scheme, "localhost").Uri.Port);

    // A sender that is not known is not one to trust.
    private static bool IsFromHere(IPAddress? sender) =>
        sender is not null && IPAddress.IsLoopback(sender.IsIPv4MappedToIPv6 ? sender.MapToIPv4() : sender);
}
