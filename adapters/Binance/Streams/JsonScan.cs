using System.Buffers.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Feeds;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>
/// Goes through one JSON text from front to back, for messages whose shape is known: it names what comes next and takes it as that.
/// Checks no more than it needs to find its way.
/// </summary>
internal ref struct JsonScan(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Where the next value begins; <see cref="From"/> goes on there.</summary>
    public readonly int Position => _at;

    public readonly JsonScan From(int position) => new(_text) { _at = position };

    /// <summary>Goes into an object or array; false when the next value is something else, which stays.</summary>
    public bool TryEnter(byte bracket)
    {
        if (Peek() != bracket) return false;
        _at++;
        return true;
    }

    /// <summary>The next name in an object; false at its end. The value must be taken or skipped.</summary>
    public bool NextName(out ReadOnlySpan<byte> name)
    {
        name = default;
        var next = Peek();
        if (next == ',')
        {
            _at++;
            next = Peek();
        }

        if (next == '}')
        {
            _at++;
            return false;
        }

        name = Text();
        if (Peek() != ':') throw Broken();
        _at++;
        return true;
    }

    /// <summary>True when an array has another value; at its end the array is left.</summary>
    public bool NextElement()
    {
        var next = Peek();
        if (next == ',') _at++;
        else if (next == ']')
        {
            _at++;
            return false;
        }

        return true;
    }

    /// <summary>What stands between the quotes, escapes as they are; empty for null.</summary>
    public ReadOnlySpan<byte> Text()
    {
        if (Peek() != '"')
        {
            Skip();
            return default;
        }

        var start = ++_at;
        while (true)
        {
            var end = _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (end < 0) throw Broken();
            _at += end;
            if (_text[_at] == '"') return _text[start.._at++];
            _at += 2;
            if (_at > _text.Length) throw Broken();
        }
    }

    public long Number()
    {
        Peek();
        if (!Utf8Parser.TryParse(_text[_at..], out long value, out var length)) throw Broken();
        _at += length;
        return value;
    }

    /// <summary>False when the next value is no number, which stays.</summary>
    public bool TryNumber(out long value)
    {
        Peek();
        return Utf8Parser.TryParse(_text[_at..], out value, out _);
    }

    public bool Flag()
    {
        var isTrue = Peek() == 't';
        Skip();
        return isTrue;
    }

    public decimal Decimal() => DecimalScan.TryParse(Text(), out var value) ? value : throw Broken();

    public double Double() => DecimalText.TryParse(Text(), out var value, out _) ? value : throw Broken();

    public DateTime Time() => ExchangeTime.Of(Number());

    /// <summary>Passes over the next value, whatever it is.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            switch (Peek())
            {
                case (byte)'"':
                    Text();
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    _at++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    _at++;
                    break;
                case (byte)',' or (byte)':':
                    _at++;
                    break;
                default:
                    var length = _text[_at..].IndexOfAny(",]} \n\r\t"u8);
                    if (length == 0) throw Broken();
                    _at = length < 0 ? _text.Length : _at + length;
                    break;
            }
        }
        while (depth > 0);
    }

    private byte Peek()
    {
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next > ' ') return next;
            _at++;
        }

        throw Broken();
    }

    private static JsonException Broken() => new("The message is broken.");
}
