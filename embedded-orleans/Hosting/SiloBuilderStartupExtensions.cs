using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Work at the start of the silo, when grains can be called.</summary>
public static class SiloBuilderStartupExtensions
{
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder)
        where TStartup : class, IStartupTask
    {
        builder.Services.AddSingleton<IStartupTask, TStartup>();
        return builder;
    }

    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask)
    {
        builder.Services.AddSingleton<IStartupTask>(services => new StartupFunction(services, startupTask));
        return builder;
    }

    private sealed class StartupFunction(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> function) : IStartupTask
    {
        public Task Execute(CancellationToken cancellationToken) => function(services, cancellationToken);
    }
}
