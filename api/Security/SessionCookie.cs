namespace OrleansTrader.Api.Security;

/// <summary>What a browser keeps of a login: a random number that no script can read and no other site can send.</summary>
internal static class SessionCookie
{
    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(NameFor(context.Request), id, OptionsFor(context.Request));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), OptionsFor(context.Request));

    // By its prefix the browser takes it from this host over https alone; plain http on one's own machine has no such thing.
    private static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-trader" : "trader";

    private static CookieOptions OptionsFor(HttpRequest request) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", IsEssential = true };
}
