using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>PostgreSQL that cannot be reached or used as it is; the message is a sentence with the server, what failed, and what to do, and nothing secret.</summary>
public sealed class StoreException : OperatorException
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
