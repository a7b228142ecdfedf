using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTrader.Core.Market;

/// <summary>Writes an <see cref="Interval"/> as its short text, <c>1h</c>.</summary>
public sealed class IntervalJsonConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Interval.TryParse(reader.GetString(), out var interval) ? interval : default;

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
