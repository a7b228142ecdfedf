using System.Security.Cryptography;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Journal;

/// <summary>The key of a folder's journals: random bytes in a file of its own, which only its owner may read, made with the first journal.</summary>
internal static class JournalKey
{
    public const string FileName = "journal.key";

    private const int Length = 32;

    /// <param name="path">May lie elsewhere than the journals, so that whoever can write those cannot forge them.</param>
    /// <exception cref="StateFolderException">It cannot be read, or is no key.</exception>
    public static byte[] Take(string path, Disk disk)
    {
        try
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                Write(path, New(), disk);
            }
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }

        return Read(path);
    }

    /// <exception cref="StateFolderException">It is not there, cannot be read, or is no key.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var key = File.ReadAllBytes(path);
            return key.Length == Length ? key : throw new StateFolderException($"The journal key {path} has {Counted.Of(key.Length, "byte")}; it must have {Length}. Restore it from a backup: without it nobody can say whether the journals are as they were written.");
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(path, failed);
        }
    }

    public static byte[] New() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>At any moment of a crash the file has this key, or what it had before.</summary>
    public static void Write(string path, byte[] key, Disk disk)
    {
        var fresh = path + ".tmp";
        using (var file = disk.Create(fresh, isPrivate: true))
        {
            file.Write(key, 0);
            file.Flush();
        }

        disk.Move(fresh, path);
        disk.SyncFolderOf(path);
    }
}
