#if ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.TestingHost;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Two silos of Microsoft Orleans and a client outside of them.</summary>
internal sealed class OrleansCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    public OrleansCluster(TimeProvider time, Probe probe, Action<ISiloBuilder> configure)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host =>
        {
            host.Services.AddSingleton(time);
            host.Services.AddSingleton(probe);
            host.Services.AddMessages();
            host.Services.AddSerializer(serializer => serializer.Configure(options => options.AddAllowedAssembly(typeof(Probe).Assembly)));
            // What keeps the cluster together goes on in real time; only what grains notice waits for the test.
            host.Services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);
            host.Services.AddKeyedSingleton(TimeProviderNames.SystemTimers, TimeProvider.System);
            host.Services.AddKeyedSingleton(TimeProviderNames.GrainDirectory, TimeProvider.System);
            host.Services.AddKeyedSingleton(TimeProviderNames.ActivationManagement, TimeProvider.System);
        });
        builder.ConfigureSilo((_, silo) => configure(silo));
        _cluster = builder.Build();
    }

    public IGrainFactory Grains => _cluster.Client;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    public Task StartAsync(CancellationToken cancellation) => _cluster.DeployAsync().WaitAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => _cluster.StopSilosAsync().WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _cluster.Silos.ToArray()) await _cluster.KillSiloAsync(silo);
        await _cluster.DisposeAsync();
    }
}
#endif
