using OrleansTrader.Adapters.Binance.Calls;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>The best bid and ask; the update number counts with those of the order book.</summary>
public readonly record struct BookTop(long UpdateId, decimal BidPrice, decimal BidQuantity, decimal AskPrice, decimal AskQuantity);

/// <summary>A bar as it stands now.</summary>
/// <param name="IsFinal">True when the bar is closed.</param>
/// <param name="EventTime">When the exchange said it, UTC.</param>
public readonly record struct KlineUpdate(Kline Kline, bool IsFinal, DateTime EventTime);

/// <summary>The last 24 hours in short; volumes in base and in quote currency.</summary>
public readonly record struct MiniTicker(DateTime EventTime, double Open, double High, double Low, double Close, double Volume, double QuoteVolume);

/// <summary>Trades of one taker at one price.</summary>
/// <param name="Quantity">In base currency.</param>
/// <param name="IsBuyerMaker">True when the taker sold.</param>
public readonly record struct AggregateTrade(long Id, decimal Price, decimal Quantity, DateTime Time, bool IsBuyerMaker);
