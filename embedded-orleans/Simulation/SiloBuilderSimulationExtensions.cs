using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded;

namespace Orleans.Hosting;

/// <summary>Runs a silo inside of a simulation. Only on the embedded runtime.</summary>
public static class SiloBuilderSimulationExtensions
{
    public static ISiloBuilder UseSimulation(this ISiloBuilder builder, SimulatedProcess process)
    {
        builder.Services.UseSimulation(process);
        return builder;
    }

    public static IServiceCollection UseSimulation(this IServiceCollection services, SimulatedProcess process)
    {
        services.Replace(ServiceDescriptor.Singleton<ITurnScheduler>(process));
        services.RemoveAll<TimeProvider>();
        return services.AddSingleton(process.Time);
    }
}
