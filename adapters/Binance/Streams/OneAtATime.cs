using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>Lets several connections speak to one listener, one message at a time.</summary>
internal sealed class OneAtATime(IMarketListener listener) : IMarketListener
{
    private readonly Lock _gate = new();

    public void OnKline(StreamName stream, in KlineUpdate update)
    {
        lock (_gate) listener.OnKline(stream, in update);
    }

    public void OnBookTop(StreamName stream, in BookTop top)
    {
        lock (_gate) listener.OnBookTop(stream, in top);
    }

    public void OnMiniTicker(StreamName stream, in MiniTicker ticker)
    {
        lock (_gate) listener.OnMiniTicker(stream, in ticker);
    }

    public void OnTrade(StreamName stream, in AggregateTrade trade)
    {
        lock (_gate) listener.OnTrade(stream, in trade);
    }

    public void OnDepth(StreamName stream, in BookChange change)
    {
        lock (_gate) listener.OnDepth(stream, in change);
    }

    public void OnInterrupted(IReadOnlyList<StreamName> streams)
    {
        lock (_gate) listener.OnInterrupted(streams);
    }
}
