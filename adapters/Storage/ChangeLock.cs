namespace OrleansTrader.Adapters.Storage;

/// <summary>The turn of one process to read a file, change it and write it back: two at the same time would each lose what the other did.</summary>
public static class ChangeLock
{
    /// <summary>Creates the folder of the file where it is missing; the turn ends when what is given back is disposed.</summary>
    /// <exception cref="StateFolderException">It is another's turn, or the folder cannot be written to.</exception>
    public static IDisposable Take(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException held)
        {
            throw new StateFolderException($"{path} is being changed by another process ({held.Message.TrimEnd('.')}); try again.", held);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw StateFolderException.CannotWrite(path, refused);
        }
    }
}
