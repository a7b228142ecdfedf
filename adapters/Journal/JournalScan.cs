using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Reads a journal file from its start, or a place known to be sound, and checks every line on the way.</summary>
internal sealed class JournalScan : IDisposable
{
    private readonly string _path;
    private readonly byte[] _header;
    private readonly long _start;
    private readonly FileStream _file;
    private readonly LineReader _lines;

    public JournalScan(string path, string account, JournalMark from = default)
    {
        _path = path;
        _header = JournalFrame.Header(account);
        _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        _file.Position = from.Position;
        _lines = new(_file);
        (_start, SoundLength, LastSequence) = (from.Position, from.Position, from.LastSequence);
    }

    /// <summary>Bytes up to the end of the latest sound line.</summary>
    public long SoundLength { get; private set; }

    /// <summary>The number of the latest fact; 0 before the first.</summary>
    public long LastSequence { get; private set; }

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

    private void ReadHeader(ReadOnlySpan<byte> line, bool isSound)
    {
        // A file that is not a journal of this account must not be taken for a torn one and cut.
        var expected = _header.AsSpan(0, _header.Length - 1);
        var isTorn = !isSound && (expected.StartsWith(line) || !line.ContainsAnyExcept((byte)0));
        if (!isTorn && !line.SequenceEqual(expected))
            throw new CorruptStateException($"{_path} does not begin as a journal of this account in format 1; move it away, or restore it from a backup.");
    }

    private CorruptStateException Damaged(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The journal {_path} is damaged at byte {SoundLength}: {what}; nothing was changed, restore it from a backup."));
}
