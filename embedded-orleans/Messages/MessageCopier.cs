using System.Text.Json;

namespace Orleans.Runtime;

/// <summary>Round-trips messages through JSON and compares, so that what would not survive a network fails in a test.</summary>
internal sealed class MessageCopier
{
    private readonly JsonSerializerOptions _json;

    public MessageCopier(JsonSerializerOptions json, GrainReferences references)
    {
        _json = new JsonSerializerOptions(json);
        _json.Converters.Insert(0, new GrainReferenceConverterFactory(references));
    }

    public object?[] CopyArguments(InterfaceMethod method, object?[] arguments)
    {
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            copies[i] = i == method.CancellationIndex
                ? arguments[i]
                : Copy(arguments[i], method.Parameters[i].ParameterType, $"The argument '{method.Parameters[i].Name}' of {method}");
        }

        return copies;
    }

    public TResult CopyResult<TResult>(InterfaceMethod method, TResult result) =>
        typeof(TResult) == typeof(NoResult) ? result : (TResult)Copy(result, typeof(TResult), $"The result of {method}")!;

    private object? Copy(object? value, Type type, string what)
    {
        // The runtime sends its own values, such as those of a reminder's tick, without JSON, and they cannot change.
        if (value is null || (type.IsValueType && type.Assembly == typeof(MessageCopier).Assembly)) return value;
        var copy = RoundTrip(value, type, what);
        return MessageDifference.Between(value, copy, type.Name) is not { } difference
            ? copy
            : throw new InvalidOperationException($"{what} does not survive serialization: {difference}.");
    }

    private object? RoundTrip(object value, Type type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type, _json), type, _json);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"{what} does not survive serialization as {type}: {error.Message}", error);
        }
    }
}
