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

    /// <summary>A file of a journal that has so many MiB is closed, and the next one begun. Default 64.</summary>
    [Range(1, 4_096)]
    public int SegmentMegabytes { get; init; } = 64;

    /// <summary>Archived facts that every snapshot covers are deleted after so many days; 0 keeps all. Default 0.</summary>
    [Range(0, 36_500)]
    public int RetentionDays { get; init; }

    /// <summary>True seals what is written to journals and snapshots from now on with AES-256-GCM. Default false.</summary>
    public bool Encrypt { get; init; }

    /// <summary>File with the key or passphrase that opens what is sealed; empty takes TRADER_KEY from the environment. Default empty.</summary>
    public string KeyFile { get; init; } = "";

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
