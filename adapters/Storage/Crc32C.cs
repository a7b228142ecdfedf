using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace OrleansTrader.Adapters.Storage;

/// <summary>CRC-32C (Castagnoli), by the processor's instruction where it has one. Check value of "123456789": E3069283.</summary>
internal static class Crc32C
{
    public const int TextLength = 8;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var single in bytes) crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }

    /// <summary>Writes the checksum as 8 lower-case hexadecimal digits.</summary>
    public static void Write(uint crc, Span<byte> into) => crc.TryFormat(into, out _, "x8", CultureInfo.InvariantCulture);

    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes)
    {
        Span<byte> expected = stackalloc byte[TextLength];
        Write(Of(bytes), expected);
        return text.SequenceEqual(expected);
    }
}
