using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>A candle file that cannot be used; the message is one sentence that names the file, and the line where there is one.</summary>
public sealed class CandleFileException : OperatorException
{
    public CandleFileException()
    {
    }

    public CandleFileException(string message)
        : base(message)
    {
    }

    public CandleFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
