using System.Text;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Finds what is sealed in a folder of state, by its first line alone, without any key.</summary>
public static class SealedFiles
{
    /// <summary>Where the first line of a segment has the name of the master key.</summary>
    private const int SealPart = 9;

    /// <param name="journals">Folder of the journals; need not be there.</param>
    /// <param name="snapshots">Folder of the snapshots; need not be there.</param>
    /// <returns>One of them; null where nothing is sealed.</returns>
    /// <exception cref="StateFolderException">A file cannot be read.</exception>
    public static string? First(string journals, string snapshots)
    {
        try
        {
            return FilesIn(snapshots, "*.snapshot*").FirstOrDefault(IsSealedSnapshot) ?? FilesIn(journals, "*.journal*").FirstOrDefault(IsSealedSegment);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(journals, failed);
        }
    }

    private static IEnumerable<string> FilesIn(string folder, string pattern) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    private static bool IsSealedSnapshot(string path)
    {
        using var lines = new LineReader(Open(path));
        return lines.TryRead(out _) && lines.TryRead(out var line) && StateSeal.IsSealed(line);
    }

    private static bool IsSealedSegment(string path)
    {
        using var lines = new LineReader(path.EndsWith(".br", StringComparison.Ordinal) ? PackedSegment.Peek(Open(path), path) : Open(path));
        try
        {
            if (!lines.TryRead(out var line) || !JournalFrame.IsSound(line)) return false;
            return Encoding.UTF8.GetString(line).Split(' ') is [_, _, "journal", "3", ..] parts && parts.Length > SealPart && parts[SealPart] is not SegmentHead.Plain;
        }
        catch (CorruptStateException)
        {
            // Damage is told where it is read.
            return false;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
