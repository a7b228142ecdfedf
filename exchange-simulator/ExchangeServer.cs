using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>The exchange on a port of this machine: REST, the WebSocket API, market streams, and <c>/sim</c> to look behind and to break things.</summary>
public sealed class ExchangeServer : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;

    private ExchangeServer(WebApplication app, SimulatedExchange exchange, Uri address)
    {
        (_app, Exchange, Address) = (app, exchange, address);
        _pump = PumpAsync();
    }

    public SimulatedExchange Exchange { get; }

    /// <summary>Where REST is, such as <c>http://127.0.0.1:9443/</c>.</summary>
    public Uri Address { get; }

    /// <param name="feed">A market whose bars are at hand.</param>
    /// <param name="address">Such as <c>http://127.0.0.1:9443</c>; port 0 takes any that is free.</param>
    /// <param name="clock">The time of the exchange; null makes one of the settings.</param>
    public static async Task<ExchangeServer> StartAsync(SimulatorOptions options, IMarketFeed feed, string address = "http://127.0.0.1:0", TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var exchange = new SimulatedExchange(options, feed, clock ?? ClockOf(options, TimeProvider.System));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(address);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["application/json"];
        });
        var app = builder.Build();
        app.UseResponseCompression();
        app.UseWebSockets();
        app.Run(new ExchangeRoutes(exchange).HandleAsync);
        await app.StartAsync(cancellation);
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new ExchangeServer(app, exchange, new Uri(bound));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        Exchange.Disconnect();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private static ScaledTimeProvider ClockOf(SimulatorOptions options, TimeProvider system) => options.Start is { } start
        ? new ScaledTimeProvider(system, new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)), options.Speed)
        : ScaledTimeProvider.Since(system, options.Since is { } since ? new DateTimeOffset(DateTime.SpecifyKind(since, DateTimeKind.Utc)) : system.GetUtcNow(), options.Speed);

    private async Task PumpAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) Exchange.Advance();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
