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
}
