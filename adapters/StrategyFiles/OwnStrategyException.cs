using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>Thrown when a strategy of the owner fails; the message names strategy, file and, where it is known, line.</summary>
public sealed class OwnStrategyException : OperatorException
{
    public OwnStrategyException()
    {
    }

    public OwnStrategyException(string message)
        : base(message)
    {
    }

    public OwnStrategyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
