using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Thrown when the account at the exchange cannot be traded with: the line, the key, its rights, the clock or a symbol; the message says what to do.</summary>
public sealed class ExchangeAccountException : OperatorException
{
    public ExchangeAccountException()
    {
    }

    public ExchangeAccountException(string message)
        : base(message)
    {
    }

    public ExchangeAccountException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
