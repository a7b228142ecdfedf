using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Writes JSON as the exchange does: amounts as text with eight decimals, moments as numbers in the unit that was asked for.</summary>
internal sealed class Wire : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;
    private readonly TimeUnit _unit;

    public Wire(TimeUnit unit)
    {
        _unit = unit;
        _json = new Utf8JsonWriter(_bytes, Options);
    }

    /// <summary>What an action writes.</summary>
    public static byte[] Write(TimeUnit unit, Action<Wire> write)
    {
        using var wire = new Wire(unit);
        write(wire);
        wire._json.Flush();
        return wire._bytes.WrittenSpan.ToArray();
    }

    /// <summary>What an action writes between braces.</summary>
    public static byte[] WriteObject(TimeUnit unit, Action<Wire> write) => Write(unit, wire =>
    {
        wire.Open();
        write(wire);
        wire.Close();
    });

    public void Open(string? name = null)
    {
        if (name is null) _json.WriteStartObject();
        else _json.WriteStartObject(name);
    }

    public void Close() => _json.WriteEndObject();

    public void OpenList(string? name = null)
    {
        if (name is null) _json.WriteStartArray();
        else _json.WriteStartArray(name);
    }

    public void CloseList() => _json.WriteEndArray();

    public void Text(string name, string? value) => _json.WriteString(name, value);

    public void Text(string value) => _json.WriteStringValue(value);

    public void Number(string name, long value) => _json.WriteNumber(name, value);

    public void Number(long value) => _json.WriteNumberValue(value);

    public void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    public void Null(string name) => _json.WriteNull(name);

    public void Amount(string name, decimal value) => _json.WriteString(name, TextOf(value));

    public void Amount(decimal value) => _json.WriteStringValue(TextOf(value));

    /// <summary>As short as it may be: <c>5</c>, <c>0.2</c>.</summary>
    public void Plain(string name, decimal value) => _json.WriteString(name, value.ToString("0.############################", CultureInfo.InvariantCulture));

    /// <summary>With so many decimals as the unit has: a price of 64249.9 and a tick of 0.01 is <c>64249.90</c>.</summary>
    public void Price(decimal value, decimal tick) =>
        _json.WriteStringValue(value.ToString($"F{(int)(tick / 1.000000000000000000000000000m).Scale}", CultureInfo.InvariantCulture));

    public void Term<T>(string name, T value)
        where T : struct, Enum => _json.WriteString(name, Orders.Term<T>.Of(value));

    public void Time(string name, DateTime time) => _json.WriteNumber(name, NumberOf(time));

    public void Time(DateTime time) => _json.WriteNumberValue(NumberOf(time));

    /// <summary>The last moment before that one, in the unit of the answer.</summary>
    public void MomentBefore(string name, DateTime time) => _json.WriteNumber(name, NumberOf(time) - 1);

    public void MomentBefore(DateTime time) => _json.WriteNumberValue(NumberOf(time) - 1);

    public void Raw(string name, string json)
    {
        _json.WritePropertyName(name);
        _json.WriteRawValue(json);
    }

    public void Raw(string name, ReadOnlySpan<byte> json)
    {
        _json.WritePropertyName(name);
        _json.WriteRawValue(json);
    }

    public void Dispose() => _json.Dispose();

    private static string TextOf(decimal value) => value.ToString("F8", CultureInfo.InvariantCulture);

    private long NumberOf(DateTime time) =>
        (time - DateTime.UnixEpoch).Ticks / (_unit == TimeUnit.Millisecond ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerMicrosecond);
}
