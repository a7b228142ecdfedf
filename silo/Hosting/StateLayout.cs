namespace OrleansTrader.Silo.Hosting;

/// <summary>What lies where in the state folder.</summary>
internal sealed record StateLayout(string Folder)
{
    public string Journal => Path.Combine(Folder, "journal");

    public string Snapshots => Path.Combine(Folder, "snapshots");

    public string Reminders => Path.Combine(Folder, "reminders.json");

    public string Logs => Path.Combine(Folder, "logs");
}
