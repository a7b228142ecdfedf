using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// Where a journal ends, in a file beside it: who cuts lines off its end leaves a head behind that lies further on. Written after each
/// append without waiting for the disk: after a power cut it may lie behind the journal, never ahead of it.
/// </summary>
/// <remarks>
/// Two places take turns, so that a write that is cut short leaves the one before. Each bears what the chain's key makes of it, so that
/// nobody writes one without the key; those of older versions did not.
/// </remarks>
internal sealed class JournalHead(string path, Disk disk, JournalKeys keys) : IDisposable
{
    private const int PlaceLength = 128;

    /// <summary>Of a place without a signature.</summary>
    private const int OldLength = 64;

    private AppendFile? _file;
    private JournalChain? _chain;
    private string _keyId = "";
    private int _place;

    /// <summary>False when what was read is of an older version, which anybody can write.</summary>
    public bool IsSigned { get; private set; } = true;

    /// <returns>The latest place that is sound; null when there is none.</returns>
    /// <exception cref="CorruptStateException">A place was written by somebody who does not have the key.</exception>
    public (long Sequence, UInt128 Mac)? Read()
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        var latest = Latest(bytes, PlaceLength);
        IsSigned = latest is not null;
        if (!IsSigned) (latest, _place) = (Latest(bytes, OldLength), 0);
        return latest;
    }

    /// <summary>Makes the file with the journal, so that one without it has lost it.</summary>
    public void Begin(UInt128 mac, bool syncToDisk)
    {
        Write(0, mac);
        if (syncToDisk) Flush();
    }

    public void Write(long sequence, UInt128 mac)
    {
        _file ??= disk.Open(path);
        _place = 1 - _place;
        var place = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"00000000 {sequence,20} {mac:x32} {Signature(sequence, mac)}").PadRight(PlaceLength - 1) + '\n');
        Crc32C.Write(Crc32C.Of(place.AsSpan(Crc32C.TextLength)), place.AsSpan(0, Crc32C.TextLength));
        _file.Write(place, _place * PlaceLength);
        IsSigned = true;
    }

    /// <summary>Writes both places and waits for the disk.</summary>
    public void Settle(long sequence, UInt128 mac, bool syncToDisk)
    {
        Write(sequence, mac);
        Write(sequence, mac);
        if (syncToDisk) _file!.Flush();
    }

    /// <summary>Waits for the disk, also for the file's name.</summary>
    public void Flush()
    {
        _file!.Flush();
        disk.SyncFolderOf(path);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _chain?.Dispose();
    }

    private (long Sequence, UInt128 Mac)? Latest(byte[] bytes, int length)
    {
        (long Sequence, UInt128 Mac)? latest = null;
        for (var place = 0; place < 2; place++)
        {
            if (bytes.Length < (place + 1) * length || Parse(bytes.AsSpan(place * length, length)) is not { } found || found.Sequence < latest?.Sequence) continue;
            (latest, _place) = (found, place);
        }

        return latest;
    }

    private (long Sequence, UInt128 Mac)? Parse(ReadOnlySpan<byte> bytes)
    {
        if (!Crc32C.Matches(bytes[..Crc32C.TextLength], bytes[Crc32C.TextLength..])) return null;
        var parts = Encoding.ASCII.GetString(bytes[Crc32C.TextLength..]).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != (bytes.Length == OldLength ? 2 : 4)
            || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var sequence)
            || !UInt128.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mac)) return null;
        if (bytes.Length != OldLength) Check(sequence, mac, parts[2], parts[3]);
        return (sequence, mac);
    }

    private void Check(long sequence, UInt128 mac, string keyId, string signature)
    {
        using var chain = keys.ChainOf(keyId) ?? throw new CorruptStateException($"{path} was written with another key; restore the key file that belongs to it.");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(SignatureBy(chain, sequence, mac))))
            throw new CorruptStateException($"The head {path} was not written with the key of the journals: somebody has altered it, and the end of the journal may be cut off. Restore both from a backup, or take the end as it is with 'trader journal anchor'.");
    }

    private string Signature(long sequence, UInt128 mac)
    {
        if (!string.Equals(_keyId, keys.CurrentId, StringComparison.Ordinal))
        {
            _chain?.Dispose();
            _chain = keys.Current();
            _keyId = _chain.KeyId;
        }

        return $"{_keyId} {SignatureBy(_chain!, sequence, mac)}";
    }

    private static string SignatureBy(JournalChain chain, long sequence, UInt128 mac) => chain.Next(mac, sequence, 0, "head"u8).ToString("x32", CultureInfo.InvariantCulture);
}
