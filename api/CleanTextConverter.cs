using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api;

/// <summary>Writes no secret that the process knows into an answer: a text may be what a library said.</summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Redaction.WithoutKnown(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(Redaction.WithoutKnown(value));
}
