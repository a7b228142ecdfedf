using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>A download that cannot go on; the message is one sentence that says what, where, and what to do.</summary>
public sealed class DownloadException : OperatorException
{
    public DownloadException()
    {
    }

    public DownloadException(string message)
        : base(message)
    {
    }

    public DownloadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static DownloadException CannotWrite(string path, string folder, Exception failed) =>
        new($"{Path.GetFileName(path)} cannot be written in {folder}: {failed.Message.TrimEnd('.')}; free space there or make it writable, and run it again: what was written is kept.", failed);
}
