using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded;

namespace Orleans.Hosting;

/// <summary>Runs a silo inside of a simulation. Only on the embedded runtime.</summary>
public static class SimulationServiceExtensions
{
    public static IServiceCollection UseSimulation(this IServiceCollection services, SimulatedProcess process)
    {
        services.Replace(ServiceDescriptor.Singleton<ITurnScheduler>(process));
        services.RemoveAll<TimeProvider>();
        return services.AddSingleton(process.Time);
    }
}
