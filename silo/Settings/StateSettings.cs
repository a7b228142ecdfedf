using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where everything lives that must survive a restart.</summary>
public sealed class StateSettings
{
    public const string Section = "State";

    /// <summary>Folder of journals, snapshots and logs. Default state below the current folder.</summary>
    [Required(ErrorMessage = "the path of a folder")]
    public string Folder { get; init; } = "state";
}
