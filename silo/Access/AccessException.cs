using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Access;

/// <summary>A password or token that cannot be set; the message bears neither.</summary>
public sealed class AccessException : OperatorException
{
    public AccessException()
    {
    }

    public AccessException(string message)
        : base(message)
    {
    }

    public AccessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
