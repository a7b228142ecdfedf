using System.Buffers;
using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>
/// What an account did while the server was away: a file of the lines that a journal file has, which goes on where the journal ended.
/// Its first line says where that was: <c>1a2b3c4d spill 1 paper-x 17 0f3c... 5e6f7a8b</c>.
/// </summary>
internal sealed class SpillFile(string path, string account, Disk disk) : IDisposable
{
    private AppendFile? _file;
    private long _length;
    private Exception? _failure;

    /// <summary>Makes rows durable here.</summary>
    /// <param name="start">Where the first row that this file gets goes on.</param>
    /// <exception cref="StateFolderException">They could not be written, now or before.</exception>
    public void Append(JournalEnd start, IEnumerable<JournalRow> rows, JournalChain chain)
    {
        if (_failure is not null) throw new StateFolderException($"{path} failed before ({_failure.Message.TrimEnd('.')}) and takes nothing until PostgreSQL is back.", _failure);
        var lines = new ArrayBufferWriter<byte>();
        var isFirst = _length == 0;
        if (isFirst) lines.Write(Header(start, chain.KeyId));
        var mac = start.Mac;
        foreach (var row in rows) lines.Write(JournalFrame.Encode(row.First, row.Last, row.Body, chain, ref mac));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _file ??= disk.Create(path, isPrivate: false);
            _file.Write(lines.WrittenSpan, _length);
            _file.Flush();
            if (isFirst) disk.SyncFolderOf(path);
            _length += lines.WrittenCount;
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            _failure = failed;
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    /// <summary>What is there, as far as it was acknowledged; null when there is nothing.</summary>
    /// <exception cref="CorruptStateException">It is damaged, or chained with another key.</exception>
    /// <exception cref="StateFolderException">It cannot be read.</exception>
    public (JournalEnd Start, List<JournalRow> Rows)? Read(JournalChain chain)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var lines = new LineReader(file);
            // A first line that was cut short was followed by nothing that anybody waited for.
            if (!lines.TryRead(out var header) || !lines.IsTerminated) return null;
            var start = Parse(header, chain.KeyId);
            var (end, rows) = (start, new List<JournalRow>());
            // What lies beyond a failed write was told to nobody.
            while ((_file is null || lines.NextPosition < _length) && lines.TryRead(out var line))
            {
                if (!lines.IsTerminated || !JournalFrame.IsSound(line))
                {
                    if (!JournalFrame.CanBeTorn(line) || lines.TryRead(out _)) throw Damaged("a line with a wrong checksum and more after it");
                    break;
                }

                if (!JournalFrame.TryParse(line, out var first, out var last, out var json) || !JournalFrame.TryTakeMac(ref json, out var mac)) throw Damaged("a line that is no batch of facts");
                if (first != end.Last + 1 || mac != chain.Next(end.Mac, first, last, json))
                    throw Damaged(string.Create(CultureInfo.InvariantCulture, $"facts {first} to {last} are not as they were written, or not where"));
                rows.Add(new JournalRow(account, first, last, mac, json.ToArray()));
                end = rows[^1].End;
            }

            return (start, rows);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(path, failed);
        }
    }

    /// <summary>Removes the file: everything in it is in PostgreSQL.</summary>
    /// <exception cref="StateFolderException">It cannot be removed.</exception>
    public void Delete()
    {
        Dispose();
        // Whatever becomes of the file, nothing of it is needed: the next row begins one with a first line of its own.
        (_length, _failure) = (0, null);
        try
        {
            if (!File.Exists(path)) return;
            disk.Delete(path);
            disk.SyncFolderOf(path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private byte[] Header(JournalEnd start, string keyId)
    {
        var body = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" spill 1 {account} {start.Last} {start.Mac:x32} {keyId}"));
        var line = new byte[Crc32C.TextLength + body.Length + 1];
        Crc32C.Write(Crc32C.Of(body), line);
        body.CopyTo(line, Crc32C.TextLength);
        line[^1] = (byte)'\n';
        return line;
    }

    private JournalEnd Parse(ReadOnlySpan<byte> line, string keyId)
    {
        if (line.Length <= Crc32C.TextLength || !Crc32C.Matches(line[..Crc32C.TextLength], line[Crc32C.TextLength..])) throw Damaged("its first line has a wrong checksum");
        var parts = Encoding.ASCII.GetString(line[Crc32C.TextLength..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["spill", "1", var name, var last, var mac, var key] || !string.Equals(name, account, StringComparison.Ordinal)) throw Damaged("it is no spill of this account");
        if (!string.Equals(key, keyId, StringComparison.Ordinal)) throw Damaged("it was written with another key; restore the key file that belongs to it");
        return new JournalEnd(long.Parse(last, CultureInfo.InvariantCulture), UInt128.Parse(mac, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }

    private CorruptStateException Damaged(string what) => new($"{path} cannot be brought to PostgreSQL: {what}; nothing was changed, restore it from a backup.");
}
