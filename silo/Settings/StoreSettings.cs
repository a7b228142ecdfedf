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
}
