using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Candles, books and the figures of the last day; the fields of an object, without the braces around.</summary>
internal static class TickerJson
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Kline LastDay(SymbolMarket market, DateTime now)
    {
        var day = market.Klines.Since(now - Day, now);
        return day.IsEmpty ? Kline.Flat(now - Day, now, market.Last) : day;
    }

    public static void OfDay(Wire wire, SymbolMarket market, DateTime now, bool isMini)
    {
        var day = LastDay(market, now);
        wire.Text("symbol", market.Symbol);
        if (!isMini)
        {
            var (bid, ask) = (market.Best(OrderSide.Buy), market.Best(OrderSide.Sell));
            wire.Amount("priceChange", Change(day));
            wire.Text("priceChangePercent", Percent(day));
            wire.Amount("weightedAvgPrice", Average(day));
            wire.Amount("prevClosePrice", day.Open);
            wire.Amount("lastPrice", market.Last);
            wire.Amount("lastQty", market.Trades is [.., var last] ? last.Quantity : 0);
            wire.Amount("bidPrice", bid.Price);
            wire.Amount("bidQty", bid.Quantity);
            wire.Amount("askPrice", ask.Price);
            wire.Amount("askQty", ask.Quantity);
        }

        wire.Amount("openPrice", day.Open);
        wire.Amount("highPrice", day.High);
        wire.Amount("lowPrice", day.Low);
        if (isMini) wire.Amount("lastPrice", market.Last);
        wire.Amount("volume", day.Volume);
        wire.Amount("quoteVolume", day.QuoteVolume);
        wire.Time("openTime", now - Day);
        wire.Time("closeTime", now);
        wire.Number("firstId", day.FirstTradeId);
        wire.Number("lastId", day.LastTradeId);
        wire.Number("count", day.Trades);
    }

    public static void Book(Wire wire, SymbolMarket market)
    {
        var (bid, ask) = (market.Best(OrderSide.Buy), market.Best(OrderSide.Sell));
        wire.Text("symbol", market.Symbol);
        wire.Amount("bidPrice", bid.Price);
        wire.Amount("bidQty", bid.Quantity);
        wire.Amount("askPrice", ask.Price);
        wire.Amount("askQty", ask.Quantity);
    }

    public static void Depth(Wire wire, SymbolMarket market, int limit)
    {
        wire.Number("lastUpdateId", market.UpdateId);
        Levels(wire, "bids", market.Depth(OrderSide.Buy, limit), market.Rules.TickSize);
        Levels(wire, "asks", market.Depth(OrderSide.Sell, limit), market.Rules.TickSize);
    }

    public static void Levels(Wire wire, string name, IEnumerable<PriceLevel> levels, decimal tick)
    {
        wire.OpenList(name);
        foreach (var level in levels)
        {
            wire.OpenList();
            wire.Price(level.Price, tick);
            wire.Amount(level.Quantity);
            wire.CloseList();
        }

        wire.CloseList();
    }

    /// <summary>A row of twelve.</summary>
    public static void Row(Wire wire, Kline kline)
    {
        wire.OpenList();
        wire.Time(kline.OpenTime);
        wire.Amount(kline.Open);
        wire.Amount(kline.High);
        wire.Amount(kline.Low);
        wire.Amount(kline.Close);
        wire.Amount(kline.Volume);
        wire.MomentBefore(kline.EndTime);
        wire.Amount(kline.QuoteVolume);
        wire.Number(kline.Trades);
        wire.Amount(kline.TakerVolume);
        wire.Amount(kline.TakerQuoteVolume);
        wire.Text("0");
        wire.CloseList();
    }

    public static decimal Change(Kline day) => day.Close - day.Open;

    public static string Percent(Kline day) => (day.Open == 0 ? 0 : Change(day) / day.Open * 100).ToString("F3", System.Globalization.CultureInfo.InvariantCulture);

    public static decimal Average(Kline day) => day.Volume == 0 ? day.Close : decimal.Round(day.QuoteVolume / day.Volume, 8);
}
