namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>What the exchange does with what comes from a client of a WebSocket.</summary>
public interface IClientSession : IDisposable
{
    /// <summary>Takes a text frame of the client.</summary>
    void Receive(string text);
}
