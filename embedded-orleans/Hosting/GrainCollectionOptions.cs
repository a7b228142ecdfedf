using System.Diagnostics.CodeAnalysis;

namespace Orleans.Configuration;

/// <summary>Limits on the life of activations.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often idle activations are looked for. Default one minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation may be idle unless its class says otherwise. Default 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same by the full name of a grain class.</summary>
    [SuppressMessage("Design", "MA0016", Justification = "The signature is Orleans' own.")]
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How long an activation may take to start. Default 30 seconds.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may take to end. Default 30 seconds.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
