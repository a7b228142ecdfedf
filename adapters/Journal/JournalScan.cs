using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Reads a journal file from its start, or a place known to be sound, and checks every line on the way.</summary>
internal sealed class JournalScan : IDisposable
{
    private readonly string _path;
    private readonly string _account;
    private readonly JournalKeys? _keys;
    private readonly StateSeal? _seal;
    private readonly byte[] _header;
    private readonly long _start;
    private readonly Stream _file;
    private readonly LineReader _lines;
    private JournalChain? _chain;
    private SegmentSeal? _opener;

    /// <summary>Reads a file of format 1, in which there was no chain.</summary>
    public JournalScan(string path, string account, JournalChain? chain)
    {
        (_path, _account, _chain, _header) = (path, account, chain, JournalFrame.Header(account, keyId: null));
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        _lines = new(_file);
    }

    /// <summary>Reads a segment.</summary>
    /// <param name="file">At its start; disposed with this.</param>
    /// <param name="seal">Null where none is at hand: sealed lines are checked and not opened.</param>
    /// <param name="head">The segment's, for a place in it; null for its start.</param>
    public JournalScan(Stream file, string path, SegmentFiles segments, StateSeal? seal, SegmentHead? head = null, JournalMark from = default)
    {
        (_path, _account, _keys, _seal, _file) = (path, segments.Account, segments.Keys, seal, file);
        _header = JournalFrame.Header(_account, _keys.CurrentId);
        Skip(from.Position);
        _lines = new(_file);
        _start = SoundLength = from.Position;
        if (from.Position == 0 || head is null) return;
        Begin(head);
        (LastSequence, Mac) = (from.LastSequence, from.Mac);
    }

    /// <summary>The first line; null before it was read, or when there is none that is whole.</summary>
    public SegmentHead? Head { get; private set; }

    /// <summary>Bytes up to the end of the latest sound line.</summary>
    public long SoundLength { get; private set; }

    /// <summary>The number of the latest fact; before the first that of the segment before, 0 for none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>What the latest sound line bears.</summary>
    public UInt128 Mac { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public JournalMark Place => new(SoundLength, LastSequence, Mac);

    /// <summary>
    /// The number of the fact up to which all was acknowledged: a line that is not sound after it ends the reading. What the maximum, the
    /// default, says is that nothing but the last line may be unfinished. Damage to a first line is left to whoever knows what lies before it.
    /// </summary>
    public long Acknowledged { get; init; } = long.MaxValue;

    /// <summary>The number of the first fact of the latest line.</summary>
    private long FirstSequence { get; set; }

    /// <summary>Reads lines until one holds a fact numbered <paramref name="fromSequence"/> or higher; false at the end of what is sound.</summary>
    /// <param name="json">Valid until the next call.</param>
    /// <exception cref="CorruptStateException">A line that is not the last one is damaged, or a line does not follow the one before.</exception>
    public bool TryRead(long fromSequence, long upToPosition, out ReadOnlySpan<byte> json)
    {
        while (SoundLength < upToPosition && _lines.TryRead(out var line))
        {
            var isSound = _lines.IsTerminated && JournalFrame.IsSound(line);
            var isHeader = _lines.Number == 1 && _start == 0;
            if (isHeader) ReadHeader(line, isSound);
            if (!isSound)
            {
                // Of one write of many lines a power cut may lose any sector, and keep those after it; nobody was told of any.
                if (Acknowledged < long.MaxValue && (isHeader || LastSequence >= Acknowledged)) break;
                // What was flushed before the next write began can be unfinished no more.
                if (!JournalFrame.CanBeTorn(line)) throw Damaged("a line that is longer than it says");
                if (_lines.TryRead(out _)) throw Damaged("a line with a wrong checksum and more lines after it");
                break;
            }

            if (isHeader)
            {
                SoundLength = _start + _lines.NextPosition;
                continue;
            }

            if (!JournalFrame.TryParse(line, out var first, out var last, out json)) throw Damaged("a line that is no batch of facts");
            FirstSequence = first;
            if (first != LastSequence + 1 || last < first - 1)
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"facts {first} to {last} where {LastSequence + 1} must follow"));
            if (_chain is not null) Mac = Chained(first, last, ref json);
            LastSequence = last;
            SoundLength = _start + _lines.NextPosition;
            if (last >= fromSequence) return true;
        }

        json = default;
        return false;
    }

    public JournalBatch? TryReadBatch(long fromSequence, long upToPosition)
    {
        if (!TryRead(fromSequence, upToPosition, out var line)) return null;
        var json = Opened(line);
        try
        {
            return JsonSerializer.Deserialize<JournalBatch>(json, JournalJson.LineOptions) ?? throw Damaged("an empty batch");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or NotSupportedException)
        {
            throw new CorruptStateException($"The journal {_path} has a batch that ends at byte {SoundLength} and cannot be read by this version: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The facts of the latest line as JSON.</summary>
    /// <param name="line">As it stands in the file.</param>
    /// <exception cref="SecretException">It is sealed, and the key is not at hand.</exception>
    public ReadOnlySpan<byte> Opened(ReadOnlySpan<byte> line)
    {
        if (Head is not { IsSealed: true }) return line;
        if (_opener is null) throw new SecretException($"{_path} is sealed; give the key with which it was.");
        return _opener.Open(FirstSequence, LastSequence, line) ?? throw Damaged("a sealed line that does not open");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
        if (_keys is not null) _chain?.Dispose();
        _opener?.Dispose();
    }

    private void Begin(SegmentHead head)
    {
        Head = head;
        _chain = _keys!.ChainOf(head.KeyId);
        if (head.IsSealed && _seal is not null) _opener = new SegmentSeal(_seal, head);
        (LastSequence, Mac) = (head.Before, head.Mac);
    }

    private void Skip(long bytes)
    {
        if (bytes == 0) return;
        if (_file.CanSeek)
        {
            _file.Position = bytes;
            return;
        }

        var passed = new byte[81_920];
        while (bytes > 0 && _file.Read(passed, 0, (int)Math.Min(bytes, passed.Length)) is > 0 and var read) bytes -= read;
    }

    private UInt128 Chained(long first, long last, ref ReadOnlySpan<byte> json)
    {
        if (!JournalFrame.TryTakeMac(ref json, out var mac)) throw Damaged("a line without its place in the chain");
        var expected = _chain!.Next(Mac, first, last, json);
        return mac == expected ? mac : throw Damaged(string.Create(CultureInfo.InvariantCulture, $"facts {first} to {last} are not as they were written, or not where"));
    }

    private void ReadHeader(ReadOnlySpan<byte> line, bool isSound)
    {
        var isKnown = true;
        if (_keys is not null && isSound && SegmentHead.Parse(line[JournalFrame.BodyStart..], _account, _keys, out isKnown) is { } head)
        {
            Begin(head);
            return;
        }

        // A file that is not a journal of this account must not be taken for a torn one and cut.
        var expected = _header.AsSpan(0, _header.Length - 1);
        if (_keys is null && isSound && line.SequenceEqual(expected)) return;
        if (!isSound && (expected.StartsWith(line) || (_keys is not null ? SegmentHead.CanBeTorn(line, _account) : !line.ContainsAnyExcept((byte)0)))) return;
        throw new CorruptStateException(!isKnown
            ? $"{_path} was written with another key; restore the key file that belongs to it."
            : $"{_path} does not begin as a journal of this account; move it away, or restore it from a backup.");
    }

    private CorruptStateException Damaged(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The journal {_path} is damaged at byte {SoundLength}: {what}; nothing was changed, restore it from a backup."));
}
