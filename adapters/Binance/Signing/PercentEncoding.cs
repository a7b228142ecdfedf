using System.Buffers;
using System.Text;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>Percent-encoding as RFC 3986 has it: all but letters, digits and <c>-._~</c>, in UTF-8 and upper-case digits.</summary>
internal static class PercentEncoding
{
    private const int LongestRune = 4;
    private const int BitsOfDigit = 4;
    private const int LowDigit = 0xF;

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    public static void Append(TextBuffer buffer, ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[LongestRune];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            buffer.Append(plain < 0 ? text : text[..plain]);
            if (plain < 0) return;
            text = text[plain..];
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            text = text[length..];
            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)]) Encode(buffer, value);
        }
    }

    public static void Append(TextBuffer buffer, ReadOnlySpan<byte> ascii)
    {
        foreach (var value in ascii)
        {
            if (PlainBytes.Contains(value)) buffer.Append(value);
            else Encode(buffer, value);
        }
    }

    private static void Encode(TextBuffer buffer, byte value)
    {
        buffer.Append((byte)'%');
        buffer.Append(Digits[value >> BitsOfDigit]);
        buffer.Append(Digits[value & LowDigit]);
    }
}
