using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Reads a journal file from its start, or a place known to be sound, and checks every line on the way.</summary>
internal sealed class JournalScan : IDisposable
{
    private readonly string _path;
    private readonly JournalChain? _chain;
    private readonly byte[] _header;
    private readonly long _start;
    private readonly FileStream _file;
    private readonly LineReader _lines;

    /// <param name="chain">Null for a file of format 1.</param>
    /// <param name="from">The default value for the start of the file.</param>
    public JournalScan(string path, string account, JournalChain? chain, JournalMark from = default)
    {
        _path = path;
        _chain = chain;
        _header = JournalFrame.Header(account, chain?.KeyId);
        _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        _file.Position = from.Position;
        _lines = new(_file);
        (_start, SoundLength, LastSequence) = (from.Position, from.Position, from.LastSequence);
        Mac = from.Position == 0 && chain is not null ? chain.StartOf(account) : from.Mac;
    }

    /// <summary>Bytes up to the end of the latest sound line.</summary>
    public long SoundLength { get; private set; }

    /// <summary>The number of the latest fact; 0 before the first.</summary>
    public long LastSequence { get; private set; }

    /// <summary>What the latest sound line bears.</summary>
    public UInt128 Mac { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public JournalMark Place => new(SoundLength, LastSequence, Mac);

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
                // A write that a crash cut short can only be the last line: the next one begins after the flush of this.
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
        if (!TryRead(fromSequence, upToPosition, out var json)) return null;
        try
        {
            return JsonSerializer.Deserialize<JournalBatch>(json, JournalJson.LineOptions) ?? throw Damaged("an empty batch");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or NotSupportedException)
        {
            throw new CorruptStateException($"The journal {_path} has a batch that ends at byte {SoundLength} and cannot be read by this version: {unreadable.Message}", unreadable);
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
    }

    private UInt128 Chained(long first, long last, ref ReadOnlySpan<byte> json)
    {
        if (!JournalFrame.TryTakeMac(ref json, out var mac)) throw Damaged("a line without its place in the chain");
        var expected = _chain!.Next(Mac, first, last, json);
        return mac == expected ? mac : throw Damaged(string.Create(CultureInfo.InvariantCulture, $"facts {first} to {last} are not as they were written, or not where"));
    }

    private void ReadHeader(ReadOnlySpan<byte> line, bool isSound)
    {
        // A file that is not a journal of this account must not be taken for a torn one and cut.
        var expected = _header.AsSpan(0, _header.Length - 1);
        var isTorn = !isSound && (expected.StartsWith(line) || !line.ContainsAnyExcept((byte)0));
        if (isTorn || line.SequenceEqual(expected)) return;
        throw new CorruptStateException(isSound && JournalFrame.IsOf(line, _header)
            ? $"{_path} was written with another key; restore the key file that belongs to it."
            : $"{_path} does not begin as a journal of this account; move it away, or restore it from a backup.");
    }

    private CorruptStateException Damaged(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The journal {_path} is damaged at byte {SoundLength}: {what}; nothing was changed, restore it from a backup."));
}
