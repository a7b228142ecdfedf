using Orleans.Storage;
using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Where grains keep their state and their reminders.</summary>
/// <param name="RemindersFile">Null for a run that is thrown away.</param>
/// <param name="Server">Has the reminders instead of the file; null where there is none.</param>
internal sealed record StateStores(Func<IServiceProvider, IGrainStorage> Snapshots, string? RemindersFile, PostgresServer? Server = null);
