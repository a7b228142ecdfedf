using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>What a crash left behind the last whole line, kept beside the journal before it is cut off.</summary>
internal static class TornTail
{
    /// <exception cref="StateFolderException">It cannot be kept; nothing was changed.</exception>
    public static void Keep(string path, string tornPath, long from)
    {
        try
        {
            using var journal = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            journal.Position = from;
            using var torn = File.Create(tornPath);
            journal.CopyTo(torn);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(tornPath, failed);
        }
    }
}
