using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// A line of a journal: checksum of what follows it, length of the body, and the body, which is first and last sequence and the batch
/// as JSON: <c>1a2b3c4d 000001f0 17-19 {"FirstSequence":17,...}</c>. The body of a file's first line names format and account instead.
/// </summary>
internal static class JournalFrame
{
    private const int LengthStart = Crc32C.TextLength + 1;
    private const int BodyStart = LengthStart + LengthDigits + 1;
    private const int LengthDigits = 8;

    public static byte[] Header(string account)
    {
        var line = new ArrayBufferWriter<byte>();
        Begin(line);
        line.Write(Encoding.UTF8.GetBytes($"journal 1 {account}"));
        return End(line);
    }

    public static byte[] Encode(JournalBatch batch)
    {
        var line = new ArrayBufferWriter<byte>(512);
        Begin(line);
        line.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{batch.FirstSequence}-{batch.LastSequence} ")));
        using (var json = new Utf8JsonWriter(line)) JsonSerializer.Serialize(json, batch, JournalJson.LineOptions);
        return End(line);
    }

    public static bool IsSound(ReadOnlySpan<byte> line) =>
        TryGetLength(line, out var length) && line.Length == length && Crc32C.Matches(line[..Crc32C.TextLength], line[LengthStart..]);

    /// <summary>
    /// True for what an append leaves behind that did not finish. A line that is longer than it says is none: there, the line feed
    /// between two finished appends was lost.
    /// </summary>
    public static bool CanBeTorn(ReadOnlySpan<byte> line) => !TryGetLength(line, out var length) || line.Length <= length;

    /// <summary>Takes a sound line apart; false when it is no batch.</summary>
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
        (bytes.Length - 1 - BodyStart).TryFormat(bytes.AsSpan(LengthStart, LengthDigits), out _, "x8", CultureInfo.InvariantCulture);
        Crc32C.Write(Crc32C.Of(bytes.AsSpan()[LengthStart..^1]), bytes.AsSpan(0, Crc32C.TextLength));
        return bytes;
    }
}
