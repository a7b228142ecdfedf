using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Storage;

/// <summary>State that cannot be written or read; the message is one sentence with the folder, what failed, and what to do.</summary>
public sealed class StateFolderException : OperatorException
{
    public StateFolderException()
    {
    }

    public StateFolderException(string message)
        : base(message)
    {
    }

    public StateFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static bool Covers(Exception failed) => failed is IOException or UnauthorizedAccessException;

    internal static StateFolderException CannotWrite(string path, Exception failed) =>
        new($"{Path.GetFileName(path)} cannot be written in the state folder {Folder(path)}: {failed.Message.TrimEnd('.')}; make the folder writable, free space there, or set another one.", failed);

    internal static StateFolderException CannotRead(string path, Exception failed) =>
        new($"{Path.GetFileName(path)} cannot be read in the state folder {Folder(path)}: {failed.Message.TrimEnd('.')}; make it readable, or set another folder.", failed);

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
}
