using System.Globalization;
using System.Text;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>Bytes that grow at the end and are used again, so that a request costs no memory once the longest was written.</summary>
internal sealed class TextBuffer(int capacity)
{
    // The longest decimal: 29 digits, point and sign; a 64-bit number has fewer.
    private const int LongestNumber = 32;

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void CutTo(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    public void Append(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> ascii)
    {
        ascii.CopyTo(Room(ascii.Length));
        Length += ascii.Length;
    }

    public void Append(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Append(long value)
    {
        _ = value.TryFormat(Room(LongestNumber), out var length, provider: CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <summary>Without exponent, and without the zeros at the end: more decimals than an asset has are refused, even if they are zeros.</summary>
    public void Append(decimal value)
    {
        var room = Room(LongestNumber);
        _ = value.TryFormat(room, out var length, provider: CultureInfo.InvariantCulture);
        var digits = room[..length];
        if (digits.Contains((byte)'.')) digits = digits.TrimEnd((byte)'0').TrimEnd((byte)'.');
        Length += digits.Length;
    }

    /// <summary>Room for so many bytes behind the last one; what is written there counts once <see cref="Advance"/> says so.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int length) => Length += length;
}
