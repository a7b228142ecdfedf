using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Adds the embedded runtime to the services of a host, once.</summary>
internal sealed class SiloBuilder : ISiloBuilder
{
    public SiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        if (services.Any(service => service.ServiceType == typeof(Silo))) return;
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITurnScheduler, ThreadPoolTurnScheduler>();
        services.AddSingleton<Silo>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddTransient<IGrainContext>(_ => ActivationTaskScheduler.CurrentActivation
            ?? throw new InvalidOperationException("An IGrainContext exists only inside of grains."));
        services.AddHostedService<SiloHostedService>();
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}
