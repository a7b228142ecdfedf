using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTrader.Api;

/// <summary>Writes a moment that is not known yet, such as that of the latest bar before the first, as null.</summary>
internal sealed class KnownTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        if (value == default) writer.WriteNullValue();
        else writer.WriteStringValue(value);
    }
}
