using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Storage;
#if ORLEANS
using Orleans.Serialization;
using OrleansTrader.Adapters.Journal;
#else
using Orleans.Embedded;
using OrleansTrader.Grains;
#endif

namespace OrleansTrader.Silo.Hosting;

/// <summary>The one place of the silo that knows which grain runtime it is built for.</summary>
internal static class GrainRuntime
{
    public static void AddGrains(this IHostApplicationBuilder builder, Func<IServiceProvider, JsonGrainStorage> storage, string? reminders)
    {
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.Services.AddGrainStorage("accounts", (services, _) => storage(services));
#if ORLEANS
            silo.UseInMemoryReminderService();
            silo.Services.AddSerializer(serializer =>
            {
                serializer.AddJsonSerializer(
                    type => type.Namespace is { } name && name.StartsWith("OrleansTrader", StringComparison.Ordinal) && !typeof(Exception).IsAssignableFrom(type),
                    JournalJson.StateOptions);
                serializer.Configure(options =>
                {
                    options.AddAllowedAssembly(typeof(Candle).Assembly);
                    options.AddAllowedAssembly(typeof(ISymbolGrain).Assembly);
                });
            });
#else
            silo.Configure<GrainClassOptions>(options => options.Assemblies.Add(typeof(PortfolioGrain).Assembly));
            if (reminders is null) silo.UseInMemoryReminderService();
            else silo.UseFileReminderService(reminders);
#endif
        });
    }
}
