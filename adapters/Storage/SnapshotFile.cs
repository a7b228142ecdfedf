using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrleansTrader.Adapters.Storage;

/// <summary>
/// Files that are replaced as a whole: at any moment of a crash the new or the previous content is there, never a mixture. Each
/// carries a checksum, and the previous version stays beside it as <c>.bak</c>. One writer a path.
/// </summary>
public sealed partial class SnapshotFile
{
    private const string Mark = "snapshot 1 ";
    private readonly ILogger _logger;
    private readonly Disk _disk;
    private readonly bool _syncToDisk;
    private readonly bool _isPrivate;
    private readonly bool _isStrict;

    /// <param name="syncToDisk">False skips the flush to disk; for tests and throw-away state.</param>
    /// <param name="isPrivate">True keeps the files from every other user of the machine; on Windows the folder's rights decide.</param>
    /// <param name="isStrict">True does not go on with the previous version where the latest is damaged: its owner is to know, and to decide.</param>
    public SnapshotFile(ILogger? logger = null, bool syncToDisk = true, bool isPrivate = false, bool isStrict = false)
        : this(Disk.Real, logger, syncToDisk, isPrivate) => _isStrict = isStrict;

    internal SnapshotFile(Disk disk, ILogger? logger = null, bool syncToDisk = true, bool isPrivate = false) =>
        (_disk, _logger, _syncToDisk, _isPrivate) = (disk, logger ?? NullLogger.Instance, syncToDisk, isPrivate);

    /// <summary>The content, of the previous version when the latest is damaged; null when there is none.</summary>
    /// <exception cref="CorruptStateException">There are versions and all are damaged, or the latest is and that is strict.</exception>
    /// <exception cref="StateFolderException">It cannot be read.</exception>
    public async ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellation = default)
    {
        var (latest, isDamaged) = await TryReadAsync(path, cancellation);
        if (latest is not null) return latest;
        if (isDamaged && _isStrict) throw new CorruptStateException($"{path} is damaged; restore it from a backup, or delete it to go on with the version before it ({Path.GetFileName(Previous(path))}), if that is there.");
        var (previous, isPreviousDamaged) = await TryReadAsync(Previous(path), cancellation);
        if (previous is null)
        {
            return isDamaged || isPreviousDamaged
                ? throw new CorruptStateException($"The snapshot {path} is damaged and there is no good previous version ({Path.GetFileName(Previous(path))}); restore it from a backup, or delete both to start without it.")
                : null;
        }

        LogFallback(_logger, path, isDamaged ? "damaged" : "missing");
        return previous;
    }

    /// <summary>Returns when the content will survive a power cut.</summary>
    /// <exception cref="StateFolderException">It cannot be written; what was there is still there.</exception>
    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var fresh = path + ".tmp";
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = _disk.Create(fresh, _isPrivate))
            {
                file.Write([.. Head(content.Span), .. content.Span], 0);
                if (_syncToDisk) file.Flush();
            }

            // Between the two renames the latest version is the .bak; ReadAsync finds it there.
            if (File.Exists(path)) _disk.Move(path, Previous(path));
            _disk.Move(fresh, path);
            if (_syncToDisk) _disk.SyncFolder(folder);
            return ValueTask.CompletedTask;
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    /// <summary>As <see cref="WriteAsync"/>, and the previous version as well: it has what must not hold any more.</summary>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public async ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        await WriteAsync(path, content, cancellation);
        await WriteAsync(path, content, CancellationToken.None);
    }

    /// <summary>Removes all versions; nothing happens when there is none.</summary>
    public void Delete(string path)
    {
        try
        {
            if (!File.Exists(path) && !File.Exists(Previous(path))) return;
            // The previous version goes first, or a crash in between would bring it back.
            _disk.Delete(Previous(path));
            if (_syncToDisk) _disk.SyncFolderOf(path);
            _disk.Delete(path);
            if (_syncToDisk) _disk.SyncFolderOf(path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    private static string Previous(string path) => path + ".bak";

    private static byte[] Head(ReadOnlySpan<byte> content) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{Crc32C.Of(content):x8} {content.Length}\n"));

    private static async ValueTask<(byte[]? Content, bool IsDamaged)> TryReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellation);
            var end = Array.IndexOf(bytes, (byte)'\n') + 1;
            var isGood = end > 0 && bytes.AsSpan(0, end).SequenceEqual(Head(bytes.AsSpan(end)));
            return isGood ? (bytes[end..], false) : (null, true);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, false);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(path, failed);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The snapshot {Path} is {State}; its previous version is used")]
    private static partial void LogFallback(ILogger logger, string path, string state);
}
