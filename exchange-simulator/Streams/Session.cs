using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Faults;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>A connection to the exchange: what goes wrong with its messages, and its end after a day.</summary>
internal abstract class Session(SimulatedExchange exchange, IClientLine line, TimeUnit unit) : IClientSession
{
    private const int Normal = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private byte[]? _held;

    protected SimulatedExchange Exchange => exchange;

    protected ExchangeFloor Floor => exchange.Floor;

    public TimeUnit Unit => unit;

    public DateTime Opened { get; } = exchange.Floor.Time.Now;

    public bool IsClosed { get; private set; }

    public void Receive(string text) => exchange.Do(() =>
    {
        if (!IsClosed) Take(text);
        return true;
    });

    public void Dispose() => exchange.Do(() =>
    {
        IsClosed = true;
        exchange.Hub.Remove(this);
        return true;
    });

    /// <summary>Tells that the exchange is about to go down.</summary>
    public abstract void TellShutdown();

    /// <summary>Ends the connection when its day is over.</summary>
    public void Passed(DateTime now)
    {
        if (now - Opened >= Longest) Close(Normal, "24 hours are over.");
    }

    public void Close(int code, string reason)
    {
        if (IsClosed) return;
        IsClosed = true;
        line.Close(code, reason);
    }

    protected abstract void Take(string text);

    /// <summary>Sends an answer.</summary>
    protected void Answer(byte[] message, TimeSpan delay = default) => line.Send(message, delay);

    /// <summary>Sends an event, which may go wrong on its way.</summary>
    protected void Tell(byte[] message, MessageFaults faults)
    {
        if (IsClosed) return;
        var plan = Floor.Faults;
        if (plan.Strikes(faults.Disconnected))
        {
            Close(0, "");
            return;
        }

        if (plan.Strikes(faults.Lost)) return;
        if (_held is null && plan.Strikes(faults.Swapped))
        {
            _held = message;
            return;
        }

        var delay = plan.Strikes(faults.Delayed) ? TimeSpan.FromMilliseconds(faults.DelayMilliseconds) : TimeSpan.Zero;
        line.Send(message, delay);
        if (plan.Strikes(faults.Doubled)) line.Send(message, TimeSpan.Zero);
        if (_held is not { } held) return;
        _held = null;
        line.Send(held, TimeSpan.Zero);
    }
}
