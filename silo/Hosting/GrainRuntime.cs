using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Silo.Settings;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces;
#else
using Orleans.Configuration;
using Orleans.Embedded;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Grains;
#endif

namespace OrleansTrader.Silo.Hosting;

/// <summary>The one place of the silo that knows which grain runtime it is built for.</summary>
public static class GrainRuntime
{
    /// <summary>Where the account grains keep their snapshots.</summary>
    private const string Snapshots = "accounts";

#if ORLEANS
    private const string Cluster = "orleans-trader";
    private const string Npgsql = "Npgsql";

    /// <summary>False where an account may move from one process to another: members that meet in a database.</summary>
    internal static bool IsOneProcess(SiloSettings settings) => settings.Database.Length == 0;

    internal static IEnumerable<string> ProblemsOf(SiloSettings settings) => [];

    /// <summary>A sentence when time is to run in a way that this runtime cannot follow.</summary>
    internal static IEnumerable<string> ProblemsOf(RehearsalSettings settings)
    {
        if (settings.IsSet) yield return "Rehearsal:Speed must be left out; only the embedded grain runtime keeps to such a time.";
    }

    internal static void AddGrains(this IHostApplicationBuilder builder, StateStores stores, SiloSettings settings, RehearsalSettings rehearsal)
    {
        builder.UseOrleans(silo => silo.AddGrains(stores, settings));
        // A silo that is let go because something else did not start cancels its own stop and reports that; the program says in one sentence what is the matter.
        foreach (var part in (string[])["Orleans.Runtime.SiloLifecycleSubject", "Orleans.Runtime.ReminderService"]) builder.Logging.AddFilter<ConsoleLoggerProvider>(part, LogLevel.None);
    }

    private static void AddGrains(this ISiloBuilder silo, StateStores stores, SiloSettings settings)
    {
        // Runs whose state is thrown away may go on side by side, each a cluster of its own.
        if (stores.RemindersFile is null) silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "replay", clusterId: Guid.NewGuid().ToString("N"));
        else if (settings.Database.Length > 0) silo.UseDatabase(settings);
        else silo.UseLocalhostClustering(settings.Port, settings.GatewayPort, serviceId: Cluster, clusterId: Cluster);
        if (stores.RemindersFile is null || settings.Database.Length == 0)
        {
            silo.Services.AddGrainStorage(Snapshots, (services, _) => stores.Snapshots(services));
            silo.UseInMemoryReminderService();
        }

        if (stores.RemindersFile is not null) silo.AddDashboard(HideLog);
        silo.Services.AddMessages();
    }

    /// <summary>Connects a process without grains to the silos.</summary>
    internal static void AddGrainClient(this IHostApplicationBuilder builder, SiloSettings settings) => builder.UseOrleansClient(client =>
    {
        if (settings.Database.Length == 0) client.UseLocalhostClustering(settings.GatewayPort, serviceId: Cluster, clusterId: Cluster);
        else client.Configure<ClusterOptions>(Name).UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, settings.Database));
        client.AddDashboard(HideLog);
        client.Services.AddMessages();
    });

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

    private static void UseDatabase(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(Name);
        silo.ConfigureEndpoints(settings.Port, settings.GatewayPort);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, settings.Database));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Npgsql, settings.Database));
        silo.AddAdoNetGrainStorage(Snapshots, options =>
        {
            (options.Invariant, options.ConnectionString) = (Npgsql, settings.Database);
            options.GrainStorageSerializer = new SnapshotSerializer();
        });
    }

    // The dashboard would show it as it was before secrets are taken out.
    private static void HideLog(DashboardOptions options) => options.HideTrace = true;

    private static void Name(ClusterOptions options) => (options.ServiceId, options.ClusterId) = (Cluster, Cluster);

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

    /// <summary>Snapshots in the database read as those in files.</summary>
    private sealed class SnapshotSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromObjectAsJson(input, JournalJson.StateOptions);

        public T Deserialize<T>(BinaryData input) => input.ToObjectFromJson<T>(JournalJson.StateOptions)!;
    }
#else
    private const string OneProcess = "the embedded grain runtime is one process; a build with -p:GrainRuntime=Orleans runs in several";

    /// <summary>False where an account may move from one process to another.</summary>
    internal static bool IsOneProcess(SiloSettings settings) => true;

    /// <summary>A sentence for each setting that this runtime cannot follow.</summary>
    internal static IEnumerable<string> ProblemsOf(SiloSettings settings)
    {
        if (!settings.CoHosted) yield return $"Silo:CoHosted is 'false'; it must be true, since {OneProcess}.";
        if (settings.Database.Length > 0) yield return $"Silo:Database is set; it must be left out, since {OneProcess} and needs it.";
    }

    /// <summary>Any time will do.</summary>
    internal static IEnumerable<string> ProblemsOf(RehearsalSettings settings) => [];

    internal static void AddGrains(this IHostApplicationBuilder builder, StateStores stores, SiloSettings settings, RehearsalSettings rehearsal) => builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering();
        silo.Services.AddGrainStorage(Snapshots, (services, _) => stores.Snapshots(services));
        silo.Configure<GrainClassOptions>(options => options.Assemblies.Add(typeof(PortfolioGrain).Assembly));
        // How long a grain takes is up to this machine, whatever time it lives in.
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout *= rehearsal.Speed);
        silo.Configure<GrainCollectionOptions>(options => (options.ActivationTimeout, options.DeactivationTimeout) = (options.ActivationTimeout * rehearsal.Speed, options.DeactivationTimeout * rehearsal.Speed));
        silo.Configure<EmbeddedSerializerOptions>(options => options.Json = JournalJson.StateOptions);
        if (stores.RemindersFile is null) silo.UseInMemoryReminderService();
        else if (stores.Server is { } server) silo.UseReminderTable(new PostgresReminders(new ReminderTable(server)));
        else silo.UseReminders(stores.RemindersFile);
    });

    /// <exception cref="NotSupportedException">Always: the settings were refused before.</exception>
    internal static void AddGrainClient(this IHostApplicationBuilder builder, SiloSettings settings) =>
        throw new NotSupportedException(string.Join(' ', ProblemsOf(settings)));

    private static void UseReminders(this ISiloBuilder silo, string file)
    {
        try
        {
            silo.UseFileReminderService(file);
        }
        catch (InvalidDataException damaged)
        {
            throw new StateFolderException(damaged.Message, damaged);
        }
    }

    /// <summary>Reminders in the database.</summary>
    private sealed class PostgresReminders(ReminderTable table) : IReminderTable
    {
        public async Task<IReadOnlyList<ReminderEntry>> ReadAsync(CancellationToken cancellationToken) =>
            [.. (await table.ReadAsync(cancellationToken)).Select(row => new ReminderEntry(GrainId.Parse(row.Grain), row.Name, row.StartAt, row.Period))];

        public Task WriteAsync(ReminderEntry entry, CancellationToken cancellationToken) =>
            table.WriteAsync(new ReminderRow(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period), cancellationToken);

        public Task RemoveAsync(GrainId grainId, string reminderName, CancellationToken cancellationToken) =>
            table.RemoveAsync(grainId.ToString(), reminderName, cancellationToken);
    }
#endif
}
