using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Silo.Settings;

/// <summary>The database that state is kept in.</summary>
public sealed class StoreSettings
{
    public const string Section = "ConnectionStrings";

    /// <summary>PostgreSQL connection string for journal, snapshots and reminders; empty for files in the state folder. May hold a password, and so is never shown.</summary>
    public string Trader { get; init; } = "";

    /// <summary>True when state is kept in PostgreSQL.</summary>
    public bool IsSet => Trader.Length > 0;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem => IsSet ? PostgresServer.ProblemWith(Trader) : null;

    /// <summary>What is asked of state that a database does not do for it.</summary>
    public IEnumerable<string> ProblemsWith(StateSettings state)
    {
        if (!IsSet) yield break;
        if (state.Encrypt) yield return $"State:Encrypt is set together with {PostgresServer.Setting}, but only files are sealed; leave it out and encrypt the disks of PostgreSQL, or keep the state in files.";
        if (state.RetentionDays > 0) yield return $"State:RetentionDays is set together with {PostgresServer.Setting}, but a journal in PostgreSQL keeps every fact; leave it out, or keep the state in files.";
    }
}
