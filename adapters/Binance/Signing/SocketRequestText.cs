using System.Buffers;
using System.Text.Json;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>
/// One request of the WebSocket API: a JSON object whose signature is made of its parameters sorted by name, as they are, without
/// percent-encoding; <c>id</c> and <c>method</c> are not signed. Used again and again, it needs no memory.
/// </summary>
/// <remarks>Not for use by several threads at once.</remarks>
public sealed class SocketRequestText : IDisposable
{
    private const int UsualLength = 512;
    private const int UsualParameters = 16;
    private const int LongestSignature = 1024;

    private readonly TextBuffer _values = new(UsualLength);
    private readonly TextBuffer _payload = new(UsualLength);
    private readonly ArrayBufferWriter<byte> _frame = new(UsualLength);
    private readonly Utf8JsonWriter _json;
    private Parameter[] _parameters = new Parameter[UsualParameters];
    private int _count;

    public SocketRequestText() => _json = new Utf8JsonWriter(_frame);

    /// <summary>What is signed: <c>name=value</c> sorted by name in ordinal order, joined by <c>&amp;</c>.</summary>
    public ReadOnlySpan<byte> Payload
    {
        get
        {
            Sort();
            _payload.CutTo(0);
            foreach (ref readonly var parameter in _parameters.AsSpan(0, _count))
            {
                if (_payload.Length > 0) _payload.Append((byte)'&');
                _payload.Append(NameOf(in parameter));
                _payload.Append((byte)'=');
                _payload.Append(ValueOf(in parameter));
            }

            return _payload.Bytes;
        }
    }

    public void Clear()
    {
        _values.CutTo(0);
        _count = 0;
    }

    public SocketRequestText Add(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        var start = Name(name);
        _values.Append(value);
        return Added(name, start, isText: true);
    }

    /// <summary>A number, written without quotes.</summary>
    public SocketRequestText Add(ReadOnlySpan<byte> name, long value)
    {
        var start = Name(name);
        _values.Append(value);
        return Added(name, start, isText: false);
    }

    /// <summary>A price or quantity, written as text without zeros at the end.</summary>
    public SocketRequestText Add(ReadOnlySpan<byte> name, decimal value)
    {
        var start = Name(name);
        _values.Append(value);
        return Added(name, start, isText: true);
    }

    /// <summary>Adds the signature of what was added so far.</summary>
    public void Sign(RequestSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Span<byte> room = stackalloc byte[LongestSignature];
        var signature = room[..signer.Sign(Payload, room)];
        var start = Name("signature"u8);
        _values.Append((ReadOnlySpan<byte>)signature);
        Added("signature"u8, start, isText: true);
        signature.Clear();
    }

    /// <summary>The whole message; good until the text changes.</summary>
    public ReadOnlyMemory<byte> Frame(long id, ReadOnlySpan<byte> method)
    {
        _frame.ResetWrittenCount();
        _json.Reset(_frame);
        _json.WriteStartObject();
        _json.WriteNumber("id"u8, id);
        _json.WriteString("method"u8, method);
        _json.WriteStartObject("params"u8);
        foreach (ref readonly var parameter in _parameters.AsSpan(0, _count))
        {
            if (parameter.IsText)
            {
                _json.WriteString(NameOf(in parameter), ValueOf(in parameter));
            }
            else
            {
                _json.WritePropertyName(NameOf(in parameter));
                _json.WriteRawValue(ValueOf(in parameter), skipInputValidation: true);
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        return _frame.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Says nothing, since the text may bear a signature.</summary>
    public override string ToString() => KnownSecrets.Mask;

    private int Name(ReadOnlySpan<byte> name)
    {
        var start = _values.Length;
        _values.Append(name);
        return start;
    }

    private SocketRequestText Added(ReadOnlySpan<byte> name, int start, bool isText)
    {
        if (_count == _parameters.Length) Array.Resize(ref _parameters, 2 * _count);
        _parameters[_count++] = new Parameter(start, name.Length, _values.Length - start - name.Length, isText);
        return this;
    }

    // A handful of parameters, mostly in order already.
    private void Sort()
    {
        for (var i = 1; i < _count; i++)
        {
            var parameter = _parameters[i];
            var place = i;
            for (; place > 0 && NameOf(in parameter).SequenceCompareTo(NameOf(in _parameters[place - 1])) < 0; place--) _parameters[place] = _parameters[place - 1];
            _parameters[place] = parameter;
        }
    }

    private ReadOnlySpan<byte> NameOf(in Parameter parameter) => _values.Bytes.Slice(parameter.Start, parameter.NameLength);

    private ReadOnlySpan<byte> ValueOf(in Parameter parameter) => _values.Bytes.Slice(parameter.Start + parameter.NameLength, parameter.ValueLength);

    /// <summary>Where name and value lie, one behind the other.</summary>
    private readonly record struct Parameter(int Start, int NameLength, int ValueLength, bool IsText);
}
