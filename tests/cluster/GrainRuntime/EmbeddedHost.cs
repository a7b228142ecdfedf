#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Embedded;
using Orleans.Hosting;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>The embedded runtime in a host, strict about messages unless a test says otherwise.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly IHost _host;

    public EmbeddedHost(TimeProvider time, Probe probe, Action<ISiloBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(probe);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = true);
            configure(silo);
        });
        _host = builder.Build();
    }

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public Task StartAsync(CancellationToken cancellation) => _host.StartAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => _host.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        _host.Dispose();
    }
}
#endif
