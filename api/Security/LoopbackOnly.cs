namespace OrleansTrader.Api.Security;

/// <summary>
/// Lets requests pass that name this machine as their host and, if they come from a page, come from a page of this machine: a
/// foreign site must not reach the account through the owner's browser.
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (!IsLoopback(context.Request.Host.Host))
            await RefuseAsync(context, $"The host '{context.Request.Host.Host}' is not this machine; use 127.0.0.1 or localhost.");
        else if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsSamePlace(page, context.Request.Host)))
            await RefuseAsync(context, "The request comes from a page of another site.");
        else
            await next(context);
    }

    private async Task RefuseAsync(HttpContext context, string detail)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = StatusCodes.Status403Forbidden, Detail = detail } });
    }

    private static bool IsSamePlace(Uri page, HostString host) => IsLoopback(page.Host) && page.Port == (host.Port ?? page.Port);

    private static bool IsLoopback(string host) =>
        host is "127.0.0.1" or "[::1]" or "::1" || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
}
