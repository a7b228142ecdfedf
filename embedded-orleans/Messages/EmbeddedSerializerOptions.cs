using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Embedded;

/// <summary>How the embedded runtime serializes.</summary>
public sealed class EmbeddedSerializerOptions
{
    /// <summary>
    /// Sends every argument and every result through JSON and delivers the copy, as a cluster would; a copy that differs from what
    /// was sent fails the call. For tests. Default false: messages are shared.
    /// </summary>
    public bool CopyMessages { get; set; }

    /// <summary>JSON for copied messages and for the storage in memory.</summary>
    public JsonSerializerOptions Json { get; set; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
    };
}
