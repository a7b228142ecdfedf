namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>Keeps what is sent until the way to the client is there.</summary>
internal sealed class LateLine : IClientLine
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<IClientLine>> _kept = new();
    private IClientLine? _line;

    public void Send(byte[] message, TimeSpan delay) => Do(line => line.Send(message, delay));

    public void Close(int code, string reason) => Do(line => line.Close(code, reason));

    public void Open(IClientLine line)
    {
        lock (_gate)
        {
            _line = line;
            while (_kept.TryDequeue(out var kept)) kept(line);
        }
    }

    private void Do(Action<IClientLine> action)
    {
        lock (_gate)
        {
            if (_line is { } line) action(line);
            else _kept.Enqueue(action);
        }
    }
}
