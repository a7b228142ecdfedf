namespace OrleansTrader.Adapters.Storage;

/// <summary>A folder that one process at a time keeps its state in; held until disposed.</summary>
public sealed class StateFolder : IDisposable
{
    private const string LockName = ".lock";
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    /// <summary>Creates the folder where it is missing, proves that it can be written to, and takes it.</summary>
    /// <exception cref="StateFolderException">It cannot be written to, or another process has it.</exception>
    public static StateFolder Take(string path)
    {
        var lockPath = System.IO.Path.Combine(path, LockName);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw new StateFolderException($"The state folder {path} cannot be created: {failed.Message.TrimEnd('.')}; create it, or set another one.", failed);
        }

        try
        {
            // Only FileShare.None is an exclusive lock on Unix; it ends with the process, however that ends.
            var file = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                // Opening an existing file proves nothing about a full disk or a folder that went read-only.
                file.SetLength(0);
                file.Write("in use\n"u8);
                return new(path, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException busy) when (IsHeldElsewhere(busy))
        {
            throw new StateFolderException($"Another process uses the state folder {path}; stop it, or set another folder.", busy);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(lockPath, failed);
        }
    }

    public void Dispose() => _lock.Dispose();

    // EWOULDBLOCK of flock on Linux and on macOS; sharing violation on Windows.
    private static bool IsHeldElsewhere(IOException failed) => failed.HResult is 11 or 35 or unchecked((int)0x80070020);
}
