using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>Times as the exchange writes them: milliseconds since 1970, or microseconds where they were asked for.</summary>
internal static class ExchangeTime
{
    // The year 5138 in milliseconds, March 1973 in microseconds.
    private const long FirstMicroseconds = 100_000_000_000_000;

    public static DateTime Of(long number) => number >= FirstMicroseconds ? DateTime.UnixEpoch.AddMicroseconds(number) : DateTime.UnixEpoch.AddMilliseconds(number);

    public static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}

/// <summary>Reads a time that is always there.</summary>
internal sealed class ExchangeTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ExchangeTime.Of(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteNumberValue(ExchangeTime.Milliseconds(value));
}

/// <summary>Reads a time for which -1 stands where there is none.</summary>
internal sealed class ExchangeTimeOrNoneConverter : JsonConverter<DateTime?>
{
    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null || reader.GetInt64() is var number && number < 0 ? null : ExchangeTime.Of(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options)
    {
        if (value is { } time) writer.WriteNumberValue(ExchangeTime.Milliseconds(time));
        else writer.WriteNumberValue(-1);
    }
}
