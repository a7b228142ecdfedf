using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>Who may do what, in services and middleware.</summary>
internal static class AccessSetup
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Reads who may come in, and listens where that allows it.</summary>
    /// <exception cref="OperatorException">Others could come in whom nobody knows, or the credentials cannot be read.</exception>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var settings = AccessSettings.Read(builder.Configuration);
        var store = new CredentialStore(new StateLayout(Path.GetFullPath(StateSettings.Read(builder.Configuration).Folder)).Access, TimeProvider.System);
        // Before anything runs: a file that cannot be read stops the start.
        var credentials = Task.Run(() => store.ReadAsync()).GetAwaiter().GetResult();
        var rules = AccessRules.Make(builder.Configuration["urls"] ?? DefaultUrl, settings, credentials.AreSet);
        builder.WebHost.UseUrls([.. rules.Urls]);
        builder.WebHost.ConfigureKestrel(server => RequestLimits.Set(server, rules.Proxies));
        TlsCertificate.Use(builder.WebHost, settings);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(settings);
        builder.Services.AddAccess(rules);
    }

    private static void AddAccess(this IServiceCollection services, AccessRules rules)
    {
        services.AddSingleton(rules);
        services.AddSingleton<CredentialNotes>();
        services.AddSingleton<CredentialsInForce>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<LoginBackoff>();
        services.AddSingleton<Callers>();
        services.AddSingleton<Login>();
        services.AddRequestLimits();
        services.AddAuthentication(AccessHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessHandler.SchemeName, configureOptions: null);
        // One rule for every address, those that do not exist and those to come included.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(May).Build());
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = rules.Proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in rules.Proxies) forwarded.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>Pages are for everybody: they hold nothing but the way to ask.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestGuard>();
        app.UseRateLimiter();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static bool May(AuthorizationHandlerContext context) =>
        Caller.Of(context.User) is { } caller
        && (caller.Scope == AccessScope.Trade || (context.Resource is HttpContext { Request: { } request } && RequestGuard.IsReading(request)));
}
