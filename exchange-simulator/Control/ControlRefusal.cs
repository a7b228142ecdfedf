namespace OrleansTrader.ExchangeSimulator.Control;

/// <summary>What the back door answers instead of doing what it was asked; caught where the answer is written.</summary>
/// <param name="status">Of HTTP.</param>
internal sealed class ControlRefusal(string message, int status = 400) : Exception(message)
{
    public int Status { get; } = status;
}
