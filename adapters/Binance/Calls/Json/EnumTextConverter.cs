using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>Reads an enum as the exchange writes it; what is not known becomes the zero value.</summary>
internal sealed class EnumTextConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return EnumText<T>.Parse(reader.GetString());
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(EnumText<T>.Of(value));
}
