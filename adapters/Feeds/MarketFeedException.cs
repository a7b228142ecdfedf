using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>A market source that cannot serve what was asked; the message is one sentence that says what, where, and what there is instead.</summary>
public sealed class MarketFeedException : OperatorException
{
    public MarketFeedException()
    {
    }

    public MarketFeedException(string message)
        : base(message)
    {
    }

    public MarketFeedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
