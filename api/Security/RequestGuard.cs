namespace OrleansTrader.Api.Security;

/// <summary>
/// Lets requests pass that call this service by a name of its own and, if they come from a page, come from a page of it; without a login
/// only from this machine, with one from elsewhere only over a line that nobody reads.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, IProblemDetailsService problems, AccessRules rules, CredentialsInForce credentials)
{
    private static readonly string[] MarksOfProxies = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"];

    public async Task InvokeAsync(HttpContext context)
    {
        await credentials.NowAsync(context.RequestAborted);
        if (RefusalOf(context) is not { } refusal)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = StatusCodes.Status403Forbidden, Detail = refusal } });
    }

    private string? RefusalOf(HttpContext context) => (credentials.IsLoginNeeded ? RefusalOfLine(context) : RefusalOfSender(context)) ?? RefusalOfName(context.Request) ?? RefusalOfPage(context.Request);

    private string? RefusalOfLine(HttpContext context) => context.Request.IsHttps || rules.IsPlainAllowed || ClientAddress.IsThisMachine(context)
        ? null
        : "The request is not encrypted; use https.";

    private static string? RefusalOfSender(HttpContext context)
    {
        // Whoever forwards a port or mounts this elsewhere can make the host look right; the sender is who it is.
        if (!ClientAddress.IsThisMachine(context)) return "The request comes from another machine; without a login this service answers its own machine only.";
        // Proxies speak HTTP/1.0 unless they are told otherwise; browsers and scripts of today do not.
        return Array.Exists(MarksOfProxies, context.Request.Headers.ContainsKey) || HttpProtocol.IsHttp10(context.Request.Protocol)
            ? "The request was forwarded for somebody else; without a login this service answers its own machine only (docs/security.md)."
            : null;
    }

    private string? RefusalOfName(HttpRequest request) =>
        rules.Hosts.Contains(request.Host.Host) ? null : $"The host '{request.Host.Host}' is not this service; use {string.Join(" or ", rules.Hosts)}.";

    private static string? RefusalOfPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsSamePlace(page, request))) return "The request comes from a page of another site.";
        var isOfPage = request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (isOfPage && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return "The request comes from a page of another site.";
        // A browser says from which page a change comes; what has its cookie and does not say so is none.
        return origin.Length == 0 && !IsReading(request) && SessionCookie.Read(request) is not null
            ? "The request has a cookie but no origin; scripts use a token."
            : null;
    }

    internal static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Another program on this machine may serve pages too, at another port.</summary>
    private static bool IsSamePlace(Uri page, HttpRequest request) =>
        string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && string.Equals(page.Scheme, request.Scheme, StringComparison.Ordinal)
        && page.Port == (request.Host.Port ?? new UriBuilder(request.Scheme, "localhost").Uri.Port);
}
