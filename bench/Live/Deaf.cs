using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Bench.Live;

/// <summary>Does nothing with what streams bring; the base of those that listen to one kind.</summary>
internal class Deaf : IMarketListener
{
    public virtual void OnKline(StreamName stream, in KlineUpdate update)
    {
    }

    public virtual void OnBookTop(StreamName stream, in BookTop top)
    {
    }

    public void OnMiniTicker(StreamName stream, in MiniTicker ticker)
    {
    }

    public void OnTrade(StreamName stream, in AggregateTrade trade)
    {
    }

    public void OnDepth(StreamName stream, in BookChange change)
    {
    }

    public void OnInterrupted(IReadOnlyList<StreamName> streams)
    {
    }
}
