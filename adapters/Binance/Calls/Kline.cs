using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>A bar as the exchange has it; the last one of an answer may still be open.</summary>
/// <param name="CloseTime">The last moment of the bar, UTC.</param>
/// <param name="QuoteVolume">In quote currency.</param>
/// <param name="TakerBaseVolume">What takers bought, in base currency.</param>
/// <param name="TakerQuoteVolume">What takers bought, in quote currency.</param>
public readonly record struct Kline(Candle Candle, DateTime CloseTime, double QuoteVolume, int Trades, double TakerBaseVolume, double TakerQuoteVolume)
{
    /// <summary>True when nothing of the bar can change any more.</summary>
    /// <param name="now">What the exchange's clock shows, UTC.</param>
    public bool IsClosed(DateTime now) => now > CloseTime;
}
