using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using OrleansTrader.Silo.Storage;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
using Orleans.Serialization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces;
#else
using Orleans.Embedded;
using OrleansTrader.Grains;
#endif

namespace OrleansTrader.Silo.Hosting;

/// <summary>The one place of the silo that knows which grain runtime it is built for.</summary>
public static class GrainRuntime
{
    internal static void AddGrains(this IHostApplicationBuilder builder, Func<IServiceProvider, JsonGrainStorage> storage, string? reminders)
    {
        builder.UseOrleans(silo =>
        {
            silo.Services.AddGrainStorage("accounts", (services, _) => storage(services));
#if ORLEANS
            // Runs whose state is thrown away may go on side by side, each a cluster of its own.
            if (reminders is null) silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "replay", clusterId: Guid.NewGuid().ToString("N"));
            else silo.UseLocalhostClustering();
            silo.UseInMemoryReminderService();
            silo.Services.AddMessages();
#else
            silo.UseLocalhostClustering();
            silo.Configure<GrainClassOptions>(options => options.Assemblies.Add(typeof(PortfolioGrain).Assembly));
            if (reminders is null) silo.UseInMemoryReminderService();
            else silo.UseFileReminderService(reminders);
#endif
        });
    }

#if ORLEANS
    /// <summary>How messages travel between processes: the records of core and grain interfaces as JSON. Silo and client need the same.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services) => services.AddSerializer(serializer =>
    {
        serializer.AddJsonSerializer(IsMessage, JournalJson.StateOptions);
        serializer.Configure(options =>
        {
            options.AddAllowedAssembly(typeof(Candle).Assembly);
            options.AddAllowedAssembly(typeof(ISymbolGrain).Assembly);
        });
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Orleans itself sends exceptions and references to grains.
    private static bool IsMessage(Type type) =>
        type.Namespace is { } name
        && name.StartsWith("OrleansTrader", StringComparison.Ordinal)
        && !typeof(Exception).IsAssignableFrom(type)
        && !typeof(IAddressable).IsAssignableFrom(type);
#endif
}
