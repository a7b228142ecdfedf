namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>What a market stream brings.</summary>
public enum StreamKind : byte
{
    Kline,
    BookTop,
    MiniTicker,
    AggregateTrade,

    /// <summary>Changes of the order book, every 100 ms.</summary>
    Depth,
}
