using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>Secrets that cannot be opened or kept; the message bears none of them.</summary>
public sealed class SecretException : OperatorException
{
    public SecretException()
    {
    }

    public SecretException(string message)
        : base(message)
    {
    }

    public SecretException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
