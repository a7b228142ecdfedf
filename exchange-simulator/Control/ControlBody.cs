using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.ExchangeSimulator.Control;

/// <summary>Reads what somebody sends to the back door; what is wrong with it is refused in a sentence.</summary>
internal static class ControlBody
{
    private const string Body = "The body of the request";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    /// <exception cref="ControlRefusal">It is not what is asked for.</exception>
    public static T Read<T>(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw new ControlRefusal(FaultOf<T>(Body).Empty);
        }
        catch (JsonException wrong)
        {
            throw new ControlRefusal(FaultOf<T>(Body).Sentence(wrong));
        }
    }

    /// <summary>The record with those members changed that are named; names that it does not have are refused.</summary>
    /// <param name="place">Where the changes stand; null for the whole body.</param>
    /// <exception cref="ControlRefusal">They are not what is asked for.</exception>
    public static T Merged<T>(T record, string changes, string? place = null)
        where T : notnull
    {
        var merged = JsonSerializer.SerializeToNode(record, Json)!.AsObject();
        try
        {
            if (JsonNode.Parse(changes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is not JsonObject named) throw new JsonException("It could not be converted.", "$", null, null);
            Merge(merged, named);
            return merged.Deserialize<T>(Json)!;
        }
        catch (JsonException wrong)
        {
            throw new ControlRefusal(FaultOf<T>(place ?? Body).Sentence(wrong));
        }
    }

    /// <summary>The same, if it lies within what its annotations allow.</summary>
    /// <exception cref="ControlRefusal">It does not.</exception>
    public static T Sound<T>(T settings, string name)
        where T : notnull
    {
        try
        {
            SettingsCheck.Judge(settings, name);
            return settings;
        }
        catch (ValidationException wrong)
        {
            throw new ControlRefusal(wrong.Message);
        }
    }

    private static void Merge(JsonObject into, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && into[name] is JsonObject known) Merge(known, inner);
            else into[name] = value?.DeepClone();
        }
    }

    private static JsonFault FaultOf<T>(string place) => new(place, typeof(T), "member", JsonNamingPolicy.CamelCase, JsonNamingPolicy.SnakeCaseUpper);
}
