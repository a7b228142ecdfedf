namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>The way to a client of a WebSocket: a socket, or a queue of a test. Called one at a time; it must not wait, nor ask the exchange for anything.</summary>
public interface IClientLine
{
    /// <param name="message">JSON in UTF-8.</param>
    /// <param name="delay">How much later it arrives, in the exchange's time; those behind it wait for it.</param>
    void Send(byte[] message, TimeSpan delay);

    /// <param name="code">Of the WebSocket protocol, such as 1000; 0 breaks the connection without a word.</param>
    void Close(int code, string reason);
}
