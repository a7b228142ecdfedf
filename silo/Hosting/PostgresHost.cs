using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Settings;
using OrleansTrader.Silo.Storage;

namespace OrleansTrader.Silo.Hosting;

/// <summary>A service whose journal, snapshots and reminders are in PostgreSQL.</summary>
internal static class PostgresHost
{
    /// <summary>The server of the settings, with the tables of this program.</summary>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public static PostgresServer Open(StoreSettings settings, StateLayout state)
    {
        var server = StoreServer.Open(settings, state);
        SchemaMigration.ApplyAsync(server).GetAwaiter().GetResult();
        return server;
    }

    /// <exception cref="StoreException">The server cannot be reached, or lacks an account that is in files here.</exception>
    public static StateStores AddPostgres(this IHostApplicationBuilder builder, PostgresServer server, StateLayout state, string account, SiloSettings silo)
    {
        var isThere = StoreStatus.HasAccountAsync(server, account).GetAwaiter().GetResult();
        if (!isThere) RefuseToForget(server, state, account);
        StoreMark.Set(state, server.Name, isThere ? [account] : []);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(services => new PostgresJournal(
            server,
            new PostgresJournalOptions { KeyFile = state.JournalKey, SpillFolder = state.Spill, IsExclusive = GrainRuntime.IsOneProcess(silo) },
            services.GetRequiredService<ILogger<PostgresJournal>>()));
        builder.Services.AddSingleton<IJournal>(services => services.GetRequiredService<PostgresJournal>());
        builder.Services.AddSingleton<StoreWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StoreWatch>());
        return new StateStores(_ => new PostgresGrainStorage(server), state.Reminders, server);
    }

    /// <summary>An account that is known here, in files or in a database that had it, and not there, would begin anew without a word.</summary>
    private static void RefuseToForget(PostgresServer server, StateLayout state, string account)
    {
        if (StoreMark.Has(state, account))
            throw new StoreException($"{server.Name} has nothing of account {account}, which was in a database at an earlier start: it was made anew, or another one answers in its place. Name the one that has it, or restore it; to begin the account anew, set Account:Name to open another one, or remove {account} from {StoreMark.PathIn(state)}.");
        if (Directory.Exists(state.Journal) && Directory.GetFiles(state.Journal, account + ".journal*").Length > 0)
            throw new StoreException($"Account {account} is in the files of {state.Folder} and not in {server.Name}; take it there with 'trader db import', or set Account:Name to open another account.");
    }
}
