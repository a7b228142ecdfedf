using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where everything lives that must survive a restart.</summary>
public sealed class StateSettings
{
    public const string Section = "State";

    /// <summary>Folder of journals, snapshots and logs. Default state below the current folder.</summary>
    [Required(ErrorMessage = "the path of a folder")]
    public string Folder { get; init; } = "state";

    /// <summary>This group alone, for what has to be known before the service is built.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static StateSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<StateSettings>(Section);
        reader.ThrowIfAny();
        return settings;
    }
}
