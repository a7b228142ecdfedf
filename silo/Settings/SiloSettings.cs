using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where grains run. Anything but the defaults needs a build on Microsoft Orleans.</summary>
public sealed class SiloSettings
{
    public const string Section = "Silo";

    /// <summary>True when page and API run in the process of the silo. Default true.</summary>
    public bool CoHosted { get; init; } = true;

    /// <summary>PostgreSQL connection string of the cluster, for members, snapshots and reminders; empty for a silo that is alone on its machine.</summary>
    public string Database { get; init; } = "";

    /// <summary>Where silos talk to each other. Default 11111.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 11111;

    /// <summary>Where clients talk to silos. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; init; } = 30000;
}
