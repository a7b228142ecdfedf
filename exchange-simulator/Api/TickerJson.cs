using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Candles, books and the figures of the last day; the fields of an object, without the braces around.</summary>
internal static class TickerJson
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Kline LastDay(SymbolMarket market, DateTime now) => Since(market, now - Day, now);

    /// <summary>What happened since then, as far as the bars of the market tell it: the one that was under way counts as a whole.</summary>
    public static Kline Since(SymbolMarket market, DateTime from, DateTime now)
    {
        var window = market.Klines.Since(from, now);
        return window.IsEmpty ? Kline.Flat(from, now, market.Last) : window;
    }

    public static void OfDay(Wire wire, SymbolMarket market, DateTime now, bool isMini)
    {
        var day = LastDay(market, now);
        wire.Text("symbol", market.Symbol);
        if (!isMini)
        {
            var (bid, ask) = (market.Best(OrderSide.Buy), market.Best(OrderSide.Sell));
            Changes(wire, day);
            wire.Amount("prevClosePrice", day.Open);
            wire.Amount("lastPrice", market.Last);
            wire.Amount("lastQty", market.Trades is [.., var last] ? last.Quantity : 0);
            wire.Amount("bidPrice", bid.Price);
            wire.Amount("bidQty", bid.Quantity);
            wire.Amount("askPrice", ask.Price);
            wire.Amount("askQty", ask.Quantity);
        }

        Prices(wire, market, day, tellsLast: isMini);
        wire.Time("openTime", now - Day);
        wire.Time("closeTime", now);
        Trades(wire, day);
    }

    /// <summary>The figures of a window that begins then, and ends now or, exclusively, at <paramref name="end"/>.</summary>
    public static void OfWindow(Wire wire, SymbolMarket market, DateTime from, DateTime now, DateTime? end, bool isMini)
    {
        var window = Since(market, from, now);
        wire.Text("symbol", market.Symbol);
        if (!isMini) Changes(wire, window);
        Prices(wire, market, window, tellsLast: true);
        wire.Time("openTime", from);
        if (end is { } after) wire.MomentBefore("closeTime", after);
        else wire.Time("closeTime", now);
        Trades(wire, window);
    }

    private static void Changes(Wire wire, Kline window)
    {
        wire.Amount("priceChange", Change(window));
        wire.Text("priceChangePercent", Percent(window));
        wire.Amount("weightedAvgPrice", Average(window));
    }

    private static void Prices(Wire wire, SymbolMarket market, Kline window, bool tellsLast)
    {
        wire.Amount("openPrice", window.Open);
        wire.Amount("highPrice", window.High);
        wire.Amount("lowPrice", window.Low);
        if (tellsLast) wire.Amount("lastPrice", market.Last);
        wire.Amount("volume", window.Volume);
        wire.Amount("quoteVolume", window.QuoteVolume);
    }

    private static void Trades(Wire wire, Kline window)
    {
        wire.Number("firstId", window.FirstTradeId);
        wire.Number("lastId", window.LastTradeId);
        wire.Number("count", window.Trades);
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
