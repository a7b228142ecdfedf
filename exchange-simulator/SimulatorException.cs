using OrleansTrader.Core.Ports;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>The exchange cannot start as it is set; the message says in a sentence what, where, and what is allowed.</summary>
public sealed class SimulatorException : OperatorException
{
    public SimulatorException()
    {
    }

    public SimulatorException(string message)
        : base(message)
    {
    }

    public SimulatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
