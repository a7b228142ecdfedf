using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Xunit;
#if ORLEANS
using Runtime = OrleansTrader.Cluster.Tests.GrainRuntime.OrleansCluster;
#else
using Runtime = OrleansTrader.Cluster.Tests.GrainRuntime.EmbeddedHost;
#endif

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A runtime of its own for one test, with virtual time, storage in memory and a probe that grains and test share.</summary>
public sealed class RuntimeFixture : IAsyncDisposable
{
    private readonly Runtime _runtime;

    private RuntimeFixture(Action<ISiloBuilder>? configure)
    {
        _runtime = new Runtime(Time, Probe, silo =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            // Orleans wants it below the age of every class, and counts it in real time.
            silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromSeconds(1));
            configure?.Invoke(silo);
        });
    }

    public ManualTime Time { get; } = new();

    public Probe Probe { get; } = new();

    public IGrainFactory Grains => _runtime.Grains;

    /// <summary>The services of a silo.</summary>
    public IServiceProvider Services => _runtime.Services;

    public static async Task<RuntimeFixture> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var fixture = Create(configure);
        await fixture._runtime.StartAsync(TestContext.Current.CancellationToken);
        return fixture;
    }

    public static RuntimeFixture Create(Action<ISiloBuilder>? configure = null) => new(configure);

    /// <summary>Stops every silo as an operator would, with time to finish.</summary>
    public Task StopAsync() => _runtime.StopAsync(TestContext.Current.CancellationToken).Soon();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();
}
