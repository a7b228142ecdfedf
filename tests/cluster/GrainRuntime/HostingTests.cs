#if !ORLEANS
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>The ways to put a silo into a host. Those of Orleans need a cluster behind them.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task Either_kind_of_host_builder_takes_a_silo()
    {
        var old = Host.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders()).UseOrleans(silo => silo.Services.AddSingleton<Probe>());
        await AssertEchoes(old.Build());
        var small = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        small.Services.AddSingleton<Probe>();
        await AssertEchoes(small.UseOrleans().Build());
        IHostApplicationBuilder any = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        any.Services.AddSingleton<Probe>();
        any.UseOrleans();
        await AssertEchoes(((HostApplicationBuilder)any).Build());
    }

    [Fact]
    public async Task Tasks_at_the_start_may_call_grains()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo
            .AddStartupTask<GreetingTask>()
            .AddStartupTask(async (services, _) =>
                services.GetRequiredService<Probe>().Mark(await services.GetRequiredService<IGrainFactory>().GetGrain<ICallGrain>("a").EchoAsync("a function"))));
        Assert.Equal(["a class", "a function"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Services_options_and_logging_are_those_of_the_host()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CollectionAge", "00:20:00")]).Build();
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo
            .ConfigureServices(services => services.AddSingleton("a service"))
            .Configure<GrainCollectionOptions>(configuration)
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Critical)));
        Assert.Equal("a service", runtime.Services.GetRequiredService<string>());
        Assert.Equal(TimeSpan.FromMinutes(20), runtime.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.CollectionAge);
        Assert.False(runtime.Services.GetRequiredService<ILoggerFactory>().CreateLogger("a").IsEnabled(LogLevel.Error));
        Assert.Same(runtime.Probe, runtime.Services.GetRequiredService<IClusterClient>().ServiceProvider.GetRequiredService<Probe>());
    }

    private static async Task AssertEchoes(IHost host)
    {
        using (host)
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            Assert.Equal("x", await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICallGrain>("a").EchoAsync("x").Soon());
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class GreetingTask(IGrainFactory grains, Probe probe) : IStartupTask
    {
        public async Task Execute(CancellationToken cancellationToken) =>
            probe.Mark(await grains.GetGrain<ICallGrain>("a").EchoAsync("a class"));
    }
}
#endif
