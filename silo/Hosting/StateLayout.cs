namespace OrleansTrader.Silo.Hosting;

/// <summary>What lies where in the state folder.</summary>
public sealed record StateLayout(string Folder)
{
    public string Journal => Path.Combine(Folder, "journal");

    /// <summary>The key that chains the journals, also those in PostgreSQL.</summary>
    public string JournalKey => Path.Combine(Journal, "journal.key");

    /// <summary>What happens while PostgreSQL is away.</summary>
    public string Spill => Path.Combine(Folder, "spill");

    public string Snapshots => Path.Combine(Folder, "snapshots");

    public string Reminders => Path.Combine(Folder, "reminders.json");

    /// <summary>What is known of candle files; it may be deleted.</summary>
    public string CandleIndex => Path.Combine(Folder, "candles.index");

    public string Secrets => Path.Combine(Folder, "secrets.json");

    /// <summary>The password's hash and those of tokens.</summary>
    public string Access => Path.Combine(Folder, "access.json");

    /// <summary>The master keys of journals and snapshots, sealed with the owner's key.</summary>
    public string Seal => Path.Combine(Folder, "seal.json");

    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>Of a process that has page and API only.</summary>
    public string ClientLogs => Path.Combine(Folder, "logs-api");
}
