using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// A line of a journal: checksum of what follows it, first and last sequence, the batch as JSON, such as
/// <c>1a2b3c4d 17-19 {"FirstSequence":17,...}</c>. The first line of a file names format and account instead.
/// </summary>
internal static class JournalFrame
{
    private const int BodyStart = Crc32C.TextLength + 1;

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
        line.Length > BodyStart && line[BodyStart - 1] == ' ' && Crc32C.Matches(line[..Crc32C.TextLength], line[BodyStart..]);

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

    private static void Begin(ArrayBufferWriter<byte> line) => line.Write("00000000 "u8);

    private static byte[] End(ArrayBufferWriter<byte> line)
    {
        line.Write("\n"u8);
        var bytes = line.WrittenSpan.ToArray();
        Crc32C.Write(Crc32C.Of(bytes.AsSpan()[BodyStart..^1]), bytes.AsSpan(0, Crc32C.TextLength));
        return bytes;
    }
}
