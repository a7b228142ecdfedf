using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A silo of its own for one test, with virtual time, storage in memory and a probe that grains and test share.</summary>
public sealed class RuntimeFixture : IAsyncDisposable
{
    private readonly IHost _host;

    private RuntimeFixture(IHost host, ManualTime time, Probe probe)
    {
        _host = host;
        Time = time;
        Probe = probe;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public ManualTime Time { get; }

    public Probe Probe { get; }

    public IGrainFactory Grains { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<RuntimeFixture> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var fixture = Create(configure);
        await fixture._host.StartAsync(TestContext.Current.CancellationToken);
        return fixture;
    }

    public static RuntimeFixture Create(Action<ISiloBuilder>? configure = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var time = new ManualTime();
        var probe = new Probe();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(probe);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            configure?.Invoke(silo);
        });
        return new RuntimeFixture(builder.Build(), time, probe);
    }

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken).Soon();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        _host.Dispose();
    }
}
