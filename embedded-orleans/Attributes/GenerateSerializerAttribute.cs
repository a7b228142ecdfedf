namespace Orleans;

/// <summary>Asks Orleans to generate a serializer; the embedded runtime, which has no network, needs none.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
