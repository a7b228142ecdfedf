using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Journal;

/// <summary>How state is written as JSON: enums by name, computed properties left out, NaN and infinities by name.</summary>
public static class JournalJson
{
    /// <summary>For snapshots: every property is written, so that an initial value never stands in for a zero.</summary>
    public static JsonSerializerOptions StateOptions { get; } = Create(JsonIgnoreCondition.Never);

    /// <summary>For journal lines: only what is set. Serves types whose properties have no initial values of their own.</summary>
    public static JsonSerializerOptions LineOptions { get; } = Create(JsonIgnoreCondition.WhenWritingDefault);

    private static JsonSerializerOptions Create(JsonIgnoreCondition ignore)
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = ignore,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
