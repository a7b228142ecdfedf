using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>Every trade: <c>aggTrade</c>, or <c>trade</c>.</summary>
internal sealed class TradeSource(ExchangeFloor floor, string name, SymbolMarket market, bool isAggregate) : StreamSource(floor, name, market)
{
    public override void Traded(in MarketTrade trade)
    {
        var (traded, now) = (trade, Floor.Time.Now);
        Tell(wire =>
        {
            wire.Open();
            wire.Text("e", isAggregate ? "aggTrade" : "trade");
            wire.Time("E", now);
            wire.Text("s", Own.Symbol);
            if (isAggregate) MarketOperations.Aggregate(wire, in traded);
            else Single(wire, in traded);
            wire.Close();
        });
    }

    private static void Single(Wire wire, in MarketTrade trade)
    {
        wire.Number("t", trade.Id);
        wire.Amount("p", trade.Price);
        wire.Amount("q", trade.Quantity);
        wire.Time("T", trade.Time);
        wire.Flag("m", trade.IsBuyerMaker);
        wire.Flag("M", value: true);
    }
}

/// <summary>Best bid and ask, whenever one of them is another.</summary>
internal sealed class BookTickerSource(ExchangeFloor floor, string name, SymbolMarket market) : StreamSource(floor, name, market)
{
    private long _seen;
    private (PriceLevel Bid, PriceLevel Ask) _told;

    public override void Changed()
    {
        if (Own.UpdateId == _seen) return;
        _seen = Own.UpdateId;
        var best = (Bid: Own.Best(OrderSide.Buy), Ask: Own.Best(OrderSide.Sell));
        if (best == _told) return;
        _told = best;
        Tell(wire =>
        {
            wire.Open();
            wire.Number("u", _seen);
            wire.Text("s", Own.Symbol);
            wire.Amount("b", best.Bid.Price);
            wire.Amount("B", best.Bid.Quantity);
            wire.Amount("a", best.Ask.Price);
            wire.Amount("A", best.Ask.Quantity);
            wire.Close();
        });
    }
}

/// <summary>The first levels of the book.</summary>
internal sealed class PartialDepthSource(ExchangeFloor floor, string name, SymbolMarket market, int levels, TimeSpan period) : TimedSource(floor, name, market, period)
{
    protected override void Speak(DateTime now) => Tell(wire =>
    {
        wire.Open();
        TickerJson.Depth(wire, Own, levels);
        wire.Close();
    });
}

/// <summary>What has changed in the book, without a gap from one message to the next.</summary>
internal sealed class DepthSource : TimedSource
{
    private readonly SymbolMarket _market;
    private Dictionary<decimal, decimal> _bids;
    private Dictionary<decimal, decimal> _asks;
    private long _told;

    public DepthSource(ExchangeFloor floor, string name, SymbolMarket market, TimeSpan period)
        : base(floor, name, market, period)
    {
        _market = market;
        (_bids, _asks, _told) = (LevelsOf(OrderSide.Buy), LevelsOf(OrderSide.Sell), market.UpdateId);
    }

    protected override void Speak(DateTime now)
    {
        if (_market.UpdateId == _told) return;
        var (bids, asks) = (LevelsOf(OrderSide.Buy), LevelsOf(OrderSide.Sell));
        var (changedBids, changedAsks) = (Changes(_bids, bids), Changes(_asks, asks));
        var first = _told + 1;
        (_bids, _asks, _told) = (bids, asks, _market.UpdateId);
        Tell(wire =>
        {
            wire.Open();
            wire.Text("e", "depthUpdate");
            wire.Time("E", now);
            wire.Text("s", _market.Symbol);
            wire.Number("U", first);
            wire.Number("u", _told);
            TickerJson.Levels(wire, "b", changedBids, _market.Rules.TickSize);
            TickerJson.Levels(wire, "a", changedAsks, _market.Rules.TickSize);
            wire.Close();
        });
    }

    private Dictionary<decimal, decimal> LevelsOf(OrderSide side) => _market.Depth(side, int.MaxValue).ToDictionary(level => level.Price, level => level.Quantity);

    private static List<PriceLevel> Changes(Dictionary<decimal, decimal> before, Dictionary<decimal, decimal> after)
    {
        var changes = new List<PriceLevel>();
        foreach (var (price, quantity) in after)
            if (before.GetValueOrDefault(price) != quantity)
                changes.Add(new PriceLevel(price, quantity));
        foreach (var price in before.Keys)
            if (!after.ContainsKey(price))
                changes.Add(new PriceLevel(price, 0));
        return changes;
    }
}

/// <summary>The candle under way, and each one when it closes.</summary>
internal sealed class KlineSource(ExchangeFloor floor, string name, SymbolMarket market, KlineInterval interval, TimeSpan offset, TimeSpan period) : TimedSource(floor, name, market, period)
{
    private DateTime _start = interval.StartOf(floor.Time.Now, offset);
    private bool _isChanged = true;

    public override void Changed() => _isChanged = true;

    public override void Passed(DateTime now)
    {
        for (var end = interval.EndOf(_start, offset); now >= end; end = interval.EndOf(_start, offset))
        {
            Write(_start, now, isClosed: true);
            _start = end;
        }

        base.Passed(now);
    }

    protected override void Speak(DateTime now)
    {
        if (!_isChanged) return;
        _isChanged = false;
        Write(_start, now, isClosed: false);
    }

    private void Write(DateTime start, DateTime now, bool isClosed)
    {
        var kline = Own.Klines.Opened(interval, offset, start);
        if (kline.IsEmpty) return;
        Tell(wire =>
        {
            wire.Open();
            wire.Text("e", "kline");
            wire.Time("E", now);
            wire.Text("s", Own.Symbol);
            wire.Open("k");
            wire.Time("t", kline.OpenTime);
            wire.MomentBefore("T", kline.EndTime);
            wire.Text("s", Own.Symbol);
            wire.Text("i", interval.Name);
            wire.Number("f", kline.FirstTradeId);
            wire.Number("L", kline.LastTradeId);
            wire.Amount("o", kline.Open);
            wire.Amount("c", kline.Close);
            wire.Amount("h", kline.High);
            wire.Amount("l", kline.Low);
            wire.Amount("v", kline.Volume);
            wire.Number("n", kline.Trades);
            wire.Flag("x", isClosed);
            wire.Amount("q", kline.QuoteVolume);
            wire.Amount("V", kline.TakerVolume);
            wire.Amount("Q", kline.TakerQuoteVolume);
            wire.Text("B", "0");
            wire.Close();
            wire.Close();
        });
    }
}

/// <summary>Figures of one symbol, or of all that have changed, once a second.</summary>
internal abstract class ChangeSource(ExchangeFloor floor, string name, SymbolMarket? market) : TimedSource(floor, name, market, TimeSpan.FromSeconds(1))
{
    private readonly Dictionary<string, DateTime> _told = new(StringComparer.Ordinal);

    protected override void Speak(DateTime now)
    {
        IEnumerable<SymbolMarket> all = Market is null ? Floor.Markets.Values : [Market];
        var changed = all.Where(one => one.Last > 0 && _told.GetValueOrDefault(one.Symbol) != one.LastTick.Time).ToArray();
        if (changed.Length == 0) return;
        foreach (var one in changed) _told[one.Symbol] = one.LastTick.Time;
        Tell(wire =>
        {
            if (Market is null) wire.OpenList();
            foreach (var one in changed) Write(wire, one, now);
            if (Market is null) wire.CloseList();
        });
    }

    protected abstract void Write(Wire wire, SymbolMarket one, DateTime now);
}

/// <summary>The figures of the last hour, four hours or day.</summary>
internal sealed class WindowTickerSource(ExchangeFloor floor, string name, SymbolMarket? market, string window) : ChangeSource(floor, name, market)
{
    private readonly TimeSpan _length = TickerWindow.Of(window);

    protected override void Write(Wire wire, SymbolMarket one, DateTime now)
    {
        var figures = TickerJson.Since(one, now - _length, now);
        wire.Open();
        wire.Text("e", $"{window}Ticker");
        wire.Time("E", now);
        wire.Text("s", one.Symbol);
        wire.Amount("p", TickerJson.Change(figures));
        wire.Text("P", TickerJson.Percent(figures));
        wire.Amount("o", figures.Open);
        wire.Amount("h", figures.High);
        wire.Amount("l", figures.Low);
        wire.Amount("c", one.Last);
        wire.Amount("w", TickerJson.Average(figures));
        wire.Amount("v", figures.Volume);
        wire.Amount("q", figures.QuoteVolume);
        wire.Time("O", now - _length);
        wire.Time("C", now);
        wire.Number("F", figures.FirstTradeId);
        wire.Number("L", figures.LastTradeId);
        wire.Number("n", figures.Trades);
        wire.Close();
    }
}

/// <summary>The figures of the last day.</summary>
internal sealed class TickerSource(ExchangeFloor floor, string name, SymbolMarket? market, bool isMini) : ChangeSource(floor, name, market)
{
    protected override void Write(Wire wire, SymbolMarket one, DateTime now)
    {
        var day = TickerJson.LastDay(one, now);
        wire.Open();
        wire.Text("e", isMini ? "24hrMiniTicker" : "24hrTicker");
        wire.Time("E", now);
        wire.Text("s", one.Symbol);
        if (isMini)
        {
            wire.Amount("c", one.Last);
            Range(wire, day);
        }
        else
        {
            Full(wire, one, day, now);
        }

        wire.Close();
    }

    private static void Range(Wire wire, Kline day)
    {
        wire.Amount("o", day.Open);
        wire.Amount("h", day.High);
        wire.Amount("l", day.Low);
        wire.Amount("v", day.Volume);
        wire.Amount("q", day.QuoteVolume);
    }

    private static void Full(Wire wire, SymbolMarket one, Kline day, DateTime now)
    {
        var (bid, ask) = (one.Best(OrderSide.Buy), one.Best(OrderSide.Sell));
        wire.Amount("p", TickerJson.Change(day));
        wire.Text("P", TickerJson.Percent(day));
        wire.Amount("w", TickerJson.Average(day));
        wire.Amount("x", day.Open);
        wire.Amount("c", one.Last);
        wire.Amount("Q", one.Trades is [.., var last] ? last.Quantity : 0);
        wire.Amount("b", bid.Price);
        wire.Amount("B", bid.Quantity);
        wire.Amount("a", ask.Price);
        wire.Amount("A", ask.Quantity);
        Range(wire, day);
        wire.Time("O", now.AddDays(-1));
        wire.Time("C", now);
        wire.Number("F", day.FirstTradeId);
        wire.Number("L", day.LastTradeId);
        wire.Number("n", day.Trades);
    }
}

/// <summary>The price of the last minutes.</summary>
internal sealed class AveragePriceSource(ExchangeFloor floor, string name, SymbolMarket market) : TimedSource(floor, name, market, TimeSpan.FromSeconds(1))
{
    protected override void Speak(DateTime now) => Tell(wire =>
    {
        wire.Open();
        wire.Text("e", "avgPrice");
        wire.Time("E", now);
        wire.Text("s", Own.Symbol);
        wire.Text("i", $"{Own.Filters.AveragePriceMinutes}m");
        wire.Amount("w", Own.AveragePrice(Own.Filters.AveragePriceMinutes, now));
        wire.Time("T", Own.LastTick.Time);
        wire.Close();
    });
}
