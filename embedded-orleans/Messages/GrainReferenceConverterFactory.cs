using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Writes references as identities. A grain or observer object itself cannot be sent.</summary>
internal sealed class GrainReferenceConverterFactory(GrainReferences references) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(IAddressable));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), references)!;

    private sealed class Converter<T>(GrainReferences references) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (T)references.Typed(GrainId.Parse(reader.GetString()!), typeof(T));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (value is not GrainReference reference)
                throw new NotSupportedException($"{value?.GetType()} cannot be sent; send the result of AsReference or CreateObjectReference.");
            writer.WriteStringValue(reference.GrainId.ToString());
        }
    }
}
