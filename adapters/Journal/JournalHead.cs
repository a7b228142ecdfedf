using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// Where a journal ends, in a file beside it: who cuts lines off its end leaves a head behind that lies further on. Written after each
/// append without waiting for the disk: after a power cut it may lie behind the journal, never ahead of it.
/// </summary>
/// <remarks>Two places take turns, so that a write that is cut short leaves the one before.</remarks>
internal sealed class JournalHead(string path, Disk disk) : IDisposable
{
    private const int PlaceLength = 64;

    private AppendFile? _file;
    private int _place;

    /// <returns>The latest place that is sound; null when there is none.</returns>
    public (long Sequence, UInt128 Mac)? Read()
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        (long Sequence, UInt128 Mac)? latest = null;
        for (var place = 0; place < 2; place++)
        {
            if (Parse(bytes.AsSpan(Math.Min(bytes.Length, place * PlaceLength))) is not { } found || found.Sequence < latest?.Sequence) continue;
            (latest, _place) = (found, place);
        }

        return latest;
    }

    /// <summary>Makes the file with the journal, so that one without it has lost it.</summary>
    public void Begin(UInt128 mac, bool syncToDisk)
    {
        Write(0, mac);
        if (!syncToDisk) return;
        _file!.Flush();
        disk.SyncFolderOf(path);
    }

    public void Write(long sequence, UInt128 mac)
    {
        _file ??= disk.Open(path);
        _place = 1 - _place;
        var place = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"00000000 {sequence,20} {mac:x32} \n"));
        Crc32C.Write(Crc32C.Of(place.AsSpan(Crc32C.TextLength)), place.AsSpan(0, Crc32C.TextLength));
        _file.Write(place, _place * PlaceLength);
    }

    /// <summary>Writes both places and waits for the disk.</summary>
    public void Settle(long sequence, UInt128 mac, bool syncToDisk)
    {
        Write(sequence, mac);
        Write(sequence, mac);
        if (syncToDisk) _file!.Flush();
    }

    public void Dispose() => _file?.Dispose();

    private static (long Sequence, UInt128 Mac)? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PlaceLength || !Crc32C.Matches(bytes[..Crc32C.TextLength], bytes[Crc32C.TextLength..PlaceLength])) return null;
        var parts = Encoding.ASCII.GetString(bytes[Crc32C.TextLength..PlaceLength]).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var sequence)
            && UInt128.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mac)
            ? (sequence, mac)
            : null;
    }
}
