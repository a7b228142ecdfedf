namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>A candle as the exchange tells it, closed or under way.</summary>
internal sealed class Kline(DateTime openTime, DateTime endTime)
{
    private bool _isFlat;

    public DateTime OpenTime { get; } = openTime;

    /// <summary>When the next one opens.</summary>
    public DateTime EndTime { get; } = endTime;

    public decimal Open { get; private set; }

    public decimal High { get; private set; }

    public decimal Low { get; private set; }

    public decimal Close { get; private set; }

    public decimal Volume { get; private set; }

    public decimal QuoteVolume { get; private set; }

    public decimal TakerVolume { get; private set; }

    public decimal TakerQuoteVolume { get; private set; }

    public long Trades { get; private set; }

    /// <summary>-1 when there was no trade.</summary>
    public long FirstTradeId { get; private set; } = -1;

    /// <summary>-1 when there was no trade.</summary>
    public long LastTradeId { get; private set; } = -1;

    public bool IsEmpty => Open == 0;

    /// <summary>A candle in which nothing happens yet stands at the price before it.</summary>
    public static Kline Flat(DateTime openTime, DateTime endTime, decimal price)
    {
        var kline = new Kline(openTime, endTime);
        if (price > 0) kline.MoveTo(price);
        kline._isFlat = true;
        return kline;
    }

    public void MoveTo(decimal price)
    {
        if (IsEmpty || _isFlat) (Open, High, Low, _isFlat) = (price, price, price, false);
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
        Close = price;
    }

    /// <param name="movesPrice">False for trades of the accounts: they count, but the candle is the market's.</param>
    public void Add(in MarketTrade trade, bool movesPrice)
    {
        if (movesPrice || IsEmpty) MoveTo(trade.Price);
        if (FirstTradeId < 0) FirstTradeId = trade.Id;
        LastTradeId = trade.Id;
        Trades++;
        var value = trade.Price * trade.Quantity;
        Volume += trade.Quantity;
        QuoteVolume += value;
        if (trade.IsBuyerMaker) return;
        TakerVolume += trade.Quantity;
        TakerQuoteVolume += value;
    }

    /// <summary>Takes in what a shorter candle within this one has.</summary>
    public void Add(Kline part)
    {
        if (part.IsEmpty) return;
        if (IsEmpty) (Open, High, Low) = (part.Open, part.High, part.Low);
        High = Math.Max(High, part.High);
        Low = Math.Min(Low, part.Low);
        Close = part.Close;
        if (part.Trades == 0) return;
        if (FirstTradeId < 0) FirstTradeId = part.FirstTradeId;
        LastTradeId = part.LastTradeId;
        Trades += part.Trades;
        Volume += part.Volume;
        QuoteVolume += part.QuoteVolume;
        TakerVolume += part.TakerVolume;
        TakerQuoteVolume += part.TakerQuoteVolume;
    }
}
