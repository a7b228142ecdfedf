using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Storage;

/// <summary>State on disk that is damaged and is not repaired by guessing; the message names the file and what is wrong.</summary>
public sealed class CorruptStateException : OperatorException
{
    public CorruptStateException()
    {
    }

    public CorruptStateException(string message)
        : base(message)
    {
    }

    public CorruptStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
