namespace OrleansTrader.Silo.Settings;

/// <summary>Where everything lives that must survive a restart.</summary>
public sealed class StateSettings
{
    public const string Section = "State";

    /// <summary>Folder of journals, snapshots and logs. Default state below the current folder.</summary>
    public string Folder { get; init; } = "state";
}
