using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrleansTrader.Api.Security;

/// <summary>How much and how fast one sender may ask, and how long it may take to say it.</summary>
internal static class RequestLimits
{
    /// <summary>The policy of streams of updates, of which one address may follow only so many.</summary>
    public const string Streams = "streams";

    private const int MostStreams = 20;
    private const int MostConnections = 2_000;
    private const int MostBodyBytes = 64 * 1024;
    private const int MostHeaderBytes = 16 * 1024;
    private const int MostLineBytes = 4 * 1024;
    private const int LeastBytesPerSecond = 240;
    private const int RequestsInBurst = 200;
    private const int RequestsPerSecond = 50;
    private static readonly TimeSpan TimeForHeaders = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeBeforeSlow = TimeSpan.FromSeconds(2);

    /// <param name="proxies">Through them come many.</param>
    public static void Set(KestrelServerOptions server, IReadOnlyList<IPNetwork> proxies)
    {
        var lines = new LinesByAddress(proxies);
        server.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => lines.TakeAsync(connection, next)));
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = MostConnections;
        server.Limits.MaxRequestBodySize = MostBodyBytes;
        server.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        server.Limits.MaxRequestLineSize = MostLineBytes;
        server.Limits.RequestHeadersTimeout = TimeForHeaders;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, TimeBeforeSlow);
    }

    /// <summary>Without a login everybody sits at this machine, and is not counted.</summary>
    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                context.RequestServices.GetRequiredService<CredentialsInForce>().IsLoginNeeded
                    ? RateLimitPartition.GetTokenBucketLimiter(ClientAddress.GroupOf(context), static _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = RequestsInBurst,
                        TokensPerPeriod = RequestsPerSecond,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    })
                    : RateLimitPartition.GetNoLimiter(""));
            options.AddPolicy(Streams, context => RateLimitPartition.GetConcurrencyLimiter(ClientAddress.GroupOf(context), static _ => new ConcurrencyLimiterOptions { PermitLimit = MostStreams }));
            options.OnRejected = static (rejected, _) =>
            {
                SetWait(rejected.HttpContext.Response, TimeSpan.FromSeconds(1));
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>Tells when to ask again, in whole seconds.</summary>
    public static void SetWait(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
