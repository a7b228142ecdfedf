namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>The right to send one request now. Disposing it without a word means that there was no answer.</summary>
public sealed class RateTicket : IDisposable
{
    private readonly RateGate _gate;
    private readonly RequestCost _cost;
    private int _isSettled;

    internal RateTicket(RateGate gate, RequestCost cost) => (_gate, _cost) = (gate, cost);

    /// <summary>Says what became of the request; only the first word counts.</summary>
    public void Settle(RequestEnd end)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 0) _gate.Settle(in _cost, end);
    }

    public void Dispose() => Settle(RequestEnd.Unanswered);
}
