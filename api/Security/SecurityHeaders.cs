namespace OrleansTrader.Api.Security;

/// <summary>Headers that keep a page to its own scripts and styles, and answers out of caches.</summary>
internal static class SecurityHeaders
{
    // The one style element that is allowed by its hash is the chart library's, for the link that its licence asks for.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets them as the answer starts, so that refusals and errors carry them too.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var request = ((HttpContext)state).Request;
            var headers = request.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            // A page of the version before must not meet the API of this one: files are asked for again, and their tag answers.
            headers.CacheControl = request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? "no-store" : "no-cache";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
