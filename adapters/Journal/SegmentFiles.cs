using System.Collections.Concurrent;
using System.Globalization;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// The files of a journal: <c>paper.journal</c> is written, <c>paper.journal.00000001</c> is full, <c>archive/paper.journal.00000001.br</c>
/// is compressed. Numbers follow each other without a gap.
/// </summary>
internal sealed class SegmentFiles(string path, string account, JournalKeys keys)
{
    private const string ArchiveFolder = "archive";
    private const string Ending = ".br";

    /// <summary>Of a file until it is whole.</summary>
    public const string Unfinished = ".tmp";

    private const int Digits = 8;

    /// <summary>A segment may be closed, and archived, while somebody is about to open it.</summary>
    private const int Attempts = 5;

    private readonly ConcurrentDictionary<int, SegmentHead> _heads = new();
    private readonly string _archive = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ArchiveFolder);

    public string Active => path;

    public string Account => account;

    public JournalKeys Keys => keys;

    public string BasePath => path + ".base";

    public string Closed(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number:00000000}");

    public string Archived(int number) => Path.Combine(_archive, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}.{number:00000000}{Ending}"));

    public JournalBase Base() => JournalBase.Read(BasePath, account, keys);

    /// <summary>What was let go of, and the segments that are full, in order, as both are at one moment.</summary>
    /// <exception cref="CorruptStateException">One is missing.</exception>
    public (JournalBase Gone, List<int> Full) Standing()
    {
        while (true)
        {
            var gone = Base();
            try
            {
                return (gone, Full(gone));
            }
            catch (CorruptStateException) when (Base() != gone)
            {
                // More was let go of between the two.
            }
        }
    }

    private List<int> Full(JournalBase gone)
    {
        var numbers = new SortedSet<int>();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var file in Directory.GetFiles(folder, Path.GetFileName(path) + ".????????")) Take(file, numbers);
        if (Directory.Exists(_archive))
            foreach (var file in Directory.GetFiles(_archive, $"{Path.GetFileName(path)}.????????{Ending}")) Take(file[..^Ending.Length], numbers);
        // What a crash left behind of one that was let go of.
        numbers.RemoveWhere(number => number <= gone.Segments);
        var expected = gone.Segments;
        foreach (var number in numbers)
            if (number != ++expected) throw Missing(expected);
        return [.. numbers];
    }

    /// <exception cref="CorruptStateException">It is not there, or is another one.</exception>
    public SegmentHead HeadOf(int number)
    {
        if (_heads.TryGetValue(number, out var known)) return known;
        using var file = Open(number, out var head, out _);
        return _heads[number] = head;
    }

    /// <summary>Opens a segment wherever it lies at this moment, at its start.</summary>
    /// <exception cref="CorruptStateException">It is not there, or is another one.</exception>
    public Stream Open(int number, out SegmentHead head, out string where) => TryOpen(number, out head!, out where) ?? throw Missing(number);

    public bool IsThere(int number)
    {
        using var file = TryOpen(number, out _, out _);
        return file is not null;
    }

    /// <returns>Null when it is not there.</returns>
    /// <exception cref="CorruptStateException">It is another one than it should be.</exception>
    public Stream? TryOpen(int number, out SegmentHead? head, out string where)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (var place in (string[])[Closed(number), Archived(number), path])
            {
                if (TryOpen(place) is not { } file) continue;
                if (TryHead(file, place, out var found) && found.Number == number)
                {
                    (head, where) = (found, place);
                    file.Position = 0;
                    return IsPacked(place) ? PackedSegment.Open(file, place) : file;
                }

                file.Dispose();
                if (!string.Equals(place, path, StringComparison.Ordinal)) throw new CorruptStateException($"{place} is not segment {number} of the journal of {account} as it was written; restore it from a backup.");
            }
        }

        (head, where) = (null, "");
        return null;
    }

    /// <summary>The first line of the segment that is written; null when there is none that is whole.</summary>
    public SegmentHead? ActiveHead()
    {
        using var file = TryOpen(path);
        return file is not null && TryHead(file, path, out var head) ? head : null;
    }

    public CorruptStateException Missing(int number) =>
        new($"Segment {number} of the journal {path} is missing: the file {Path.GetFileName(Closed(number))}, or {ArchiveFolder}/{Path.GetFileName(Archived(number))}; restore it from a backup.");

    private static FileStream? TryOpen(string place)
    {
        try
        {
            return new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private bool TryHead(FileStream file, string place, out SegmentHead head)
    {
        head = null!;
        using var lines = new LineReader(IsPacked(place) ? PackedSegment.Peek(file, place) : file);
        try
        {
            if (!lines.TryRead(out var line) || !lines.IsTerminated || !JournalFrame.IsSound(line)) return false;
            if (SegmentHead.Parse(line[JournalFrame.BodyStart..], account, keys, out _) is not { } parsed) return false;
            head = parsed;
            return true;
        }
        catch (CorruptStateException)
        {
            return false;
        }
    }

    private static bool IsPacked(string place) => place.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>The archived segments whatever is missing between them, and the files that were not finished.</summary>
    public (IEnumerable<int> Archived, string[] Unfinished) Archives()
    {
        if (!Directory.Exists(_archive)) return ([], []);
        var numbers = new SortedSet<int>();
        foreach (var file in Directory.GetFiles(_archive, $"{Path.GetFileName(path)}.????????{Ending}")) Take(file[..^Ending.Length], numbers);
        return (numbers, Directory.GetFiles(_archive, $"{Path.GetFileName(path)}.????????{Ending}{Unfinished}"));
    }

    private static void Take(string file, SortedSet<int> numbers)
    {
        if (int.TryParse(file.AsSpan(file.Length - Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
    }
}
