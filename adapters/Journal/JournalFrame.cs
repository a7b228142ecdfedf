using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// A line of a journal: checksum of what follows it, length of the body, and the body, which is first and last sequence, the place in the
/// chain, and the batch as JSON: <c>1a2b3c4d 000001f0 17-19 0f3c... {"FirstSequence":17,...}</c>. The body of a file's first line names
/// format, account and key instead. In format 1 there was no chain.
/// </summary>
internal static class JournalFrame
{
    private const int LengthStart = Crc32C.TextLength + 1;
    public const int BodyStart = LengthStart + LengthDigits + 1;
    private const int LengthDigits = 8;
    private const int MacLength = 32;

    /// <summary>Room for two numbers and what separates them.</summary>
    private const int MostNumbers = 44;

    /// <summary>The first line of a first segment that is not sealed.</summary>
    /// <param name="keyId">Of the chain's key; null for format 1.</param>
    public static byte[] Header(string account, string? keyId) =>
        Line(Encoding.UTF8.GetBytes(keyId is null ? $"journal 1 {account}" : $"journal 2 {account} {keyId}"));

    /// <summary>A line of its own kind, framed as all are.</summary>
    public static byte[] Line(ReadOnlySpan<byte> body)
    {
        var line = new ArrayBufferWriter<byte>(BodyStart + body.Length + 1);
        Begin(line);
        line.Write(body);
        return End(line);
    }

    /// <summary>Adds a line to those that are written together.</summary>
    /// <param name="mac">The place of the line before in the chain, and then of this one.</param>
    public static void Write(ArrayBufferWriter<byte> lines, long first, long last, ReadOnlySpan<byte> json, JournalChain chain, ref UInt128 mac)
    {
        mac = chain.Next(mac, first, last, json);
        var line = lines.GetSpan(BodyStart + MacLength + MostNumbers + json.Length);
        "00000000 00000000 "u8.CopyTo(line);
        Utf8.TryWrite(line[BodyStart..], CultureInfo.InvariantCulture, $"{first}-{last} {mac:x32} ", out var length);
        json.CopyTo(line[(BodyStart + length)..]);
        length += json.Length;
        line[BodyStart + length] = (byte)'\n';
        Finish(line[..(BodyStart + length + 1)]);
        lines.Advance(BodyStart + length + 1);
    }

    public static byte[] Encode(long first, long last, ReadOnlySpan<byte> json, JournalChain chain, ref UInt128 mac)
    {
        var line = new ArrayBufferWriter<byte>(BodyStart + MacLength + MostNumbers + json.Length);
        Write(line, first, last, json, chain, ref mac);
        return line.WrittenSpan.ToArray();
    }

    public static bool IsSound(ReadOnlySpan<byte> line) =>
        TryGetLength(line, out var length) && line.Length == length && Crc32C.Matches(line[..Crc32C.TextLength], line[LengthStart..]);

    /// <summary>
    /// True for what an append leaves behind that did not finish. A line that is longer than it says is none: there, the line feed
    /// between two finished appends was lost.
    /// </summary>
    public static bool CanBeTorn(ReadOnlySpan<byte> line) => !TryGetLength(line, out var length) || line.Length <= length;

    /// <summary>Takes the place in the chain off a line; false when it has none, or not as it is written.</summary>
    public static bool TryTakeMac(ref ReadOnlySpan<byte> json, out UInt128 mac)
    {
        mac = default;
        if (json.Length <= MacLength || json[MacLength] != ' ' || json[..MacLength].ContainsAnyInRange((byte)'A', (byte)'F') || !UInt128.TryParse(json[..MacLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out mac)) return false;
        json = json[(MacLength + 1)..];
        return true;
    }

    /// <summary>Takes a sound line apart; false when it is no batch.</summary>
    /// <param name="json">What follows the numbers: in format 2 the place in the chain comes before the JSON.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, out long first, out long last, out ReadOnlySpan<byte> json)
    {
        last = 0;
        json = default;
        var body = line[BodyStart..];
        if (!Utf8Parser.TryParse(body, out first, out var length) || length >= body.Length || body[length] != '-') return false;
        body = body[(length + 1)..];
        if (!Utf8Parser.TryParse(body, out last, out length) || length >= body.Length || body[length] != ' ') return false;
        json = body[(length + 1)..];
        return true;
    }

    private static bool TryGetLength(ReadOnlySpan<byte> line, out long length)
    {
        length = 0;
        if (line.Length < BodyStart || line[LengthStart - 1] != ' ' || line[BodyStart - 1] != ' ') return false;
        var isNumber = uint.TryParse(line[LengthStart..(BodyStart - 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var body);
        length = BodyStart + (long)body;
        return isNumber;
    }

    private static void Begin(ArrayBufferWriter<byte> line) => line.Write("00000000 00000000 "u8);

    private static byte[] End(ArrayBufferWriter<byte> line)
    {
        line.Write("\n"u8);
        var bytes = line.WrittenSpan.ToArray();
        Finish(bytes);
        return bytes;
    }

    /// <summary>Length and checksum, once everything else is there.</summary>
    private static void Finish(Span<byte> line)
    {
        (line.Length - 1 - BodyStart).TryFormat(line.Slice(LengthStart, LengthDigits), out _, "x8", CultureInfo.InvariantCulture);
        Crc32C.Write(Crc32C.Of(line[LengthStart..^1]), line[..Crc32C.TextLength]);
    }
}
