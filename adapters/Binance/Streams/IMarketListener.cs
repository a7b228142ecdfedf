using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>Takes what market streams bring, one message at a time and in order, on the thread that received it; must neither wait nor ask for streams.</summary>
public interface IMarketListener
{
    void OnKline(StreamName stream, in KlineUpdate update);

    void OnBookTop(StreamName stream, in BookTop top);

    void OnMiniTicker(StreamName stream, in MiniTicker ticker);

    void OnTrade(StreamName stream, in AggregateTrade trade);

    /// <param name="change">Its levels lie in memory that the next message uses again.</param>
    void OnDepth(StreamName stream, in BookChange change);

    /// <summary>Messages of these streams may have been missed; what follows is new again.</summary>
    void OnInterrupted(IReadOnlyList<StreamName> streams);
}
