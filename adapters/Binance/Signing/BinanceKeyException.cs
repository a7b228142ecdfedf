using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>An API key that cannot be used; the message bears nothing of it.</summary>
public sealed class BinanceKeyException : OperatorException
{
    public BinanceKeyException()
    {
    }

    public BinanceKeyException(string message)
        : base(message)
    {
    }

    public BinanceKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
