using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>One symbol of the exchange: its price, book, trades and candles, and the orders that rest in it.</summary>
internal sealed class SymbolMarket
{
    private const int KeptTrades = 10_000;

    private readonly List<MarketTrade> _trades = [];
    private long _lastTradeId;
    private long _lastPlace;

    public SymbolMarket(SymbolRules rules, SymbolFilters filters, SimulatorOptions options, Interval interval)
    {
        (Rules, Filters, Assumptions, Interval) = (rules, filters, options.Assumptions, interval);
        Ladder = new Ladder(options.Market, rules, options.Seed);
        Klines = new KlineHistory(interval);
    }

    public string Symbol => Rules.Symbol;

    public SymbolRules Rules { get; private set; }

    public SymbolFilters Filters { get; private set; }

    public AssumptionOptions Assumptions { get; }

    public Interval Interval { get; }

    public TradingPhase Phase { get; set; }

    public Ladder Ladder { get; }

    public KlineHistory Klines { get; }

    /// <summary>The price of the latest trade of the market; 0 before the first.</summary>
    public decimal Last { get; private set; }

    public MarketTick LastTick { get; private set; }

    /// <summary>Rises with every change of the book.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Limit orders on the book, in order of their numbers.</summary>
    public SortedList<long, Order> Resting { get; } = [];

    /// <summary>Orders that wait for their price, in order of their numbers.</summary>
    public SortedList<long, Order> Waiting { get; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MarketTrade> Trades => _trades;

    public void Change(SymbolFilters filters)
    {
        Filters = filters;
        Rules = Rules with { TickSize = filters.TickSize, StepSize = filters.StepSize, MinNotional = filters.MinNotional };
    }

    /// <summary>Puts an order on the book, behind all who wait at its price.</summary>
    public void Rest(Order order)
    {
        Resting.Add(order.Id, order);
        GoBehind(order);
    }

    /// <summary>Moves an order behind all who wait at its price.</summary>
    public void GoBehind(Order order)
    {
        order.Place = ++_lastPlace;
        Touch();
    }

    /// <summary>Takes the price of the market; null when nothing was traded there.</summary>
    public MarketTrade? Move(in MarketTick tick)
    {
        MarketTrade? trade = tick.Quantity > 0 ? NewTrade(tick.Price, tick.Quantity, tick.Time, tick.IsBuyerMaker) : null;
        Klines.Add(in tick, trade);
        (Last, LastTick) = (tick.Price, tick);
        return trade;
    }

    /// <summary>Lays the book around a price.</summary>
    public void LayBook(decimal price)
    {
        Ladder.MoveTo(price);
        Touch();
    }

    /// <summary>The book is another one than before.</summary>
    public void Touch() => UpdateId++;

    /// <summary>Writes down a trade of an account.</summary>
    public MarketTrade Trade(decimal price, decimal quantity, DateTime time, bool isBuyerMaker)
    {
        var trade = NewTrade(price, quantity, time, isBuyerMaker);
        Klines.Count(in trade);
        return trade;
    }

    /// <summary>Bids or asks with the orders of the accounts among them, the best first.</summary>
    public List<PriceLevel> Depth(OrderSide side, int most)
    {
        var own = side == OrderSide.Buy ? Ladder.Bids : Ladder.Asks;
        if (Resting.Count == 0) return Taken(own, most);
        var levels = new SortedDictionary<decimal, decimal>(side == OrderSide.Buy ? HighestFirst : Comparer<decimal>.Default);
        foreach (ref readonly var level in own)
            if (level.Quantity > 0)
                levels[level.Price] = level.Quantity;
        // An order beyond the other side trades with the next tick; a book that is shown crossed would be taken for a broken one.
        var other = BestOf(side == OrderSide.Buy ? Ladder.Asks : Ladder.Bids);
        foreach (var order in Resting.Values)
        {
            if (order.Side != side || (other > 0 && (side == OrderSide.Buy ? order.Price >= other : order.Price <= other))) continue;
            levels[order.Price] = levels.GetValueOrDefault(order.Price) + order.Visible;
        }

        return [.. levels.Take(most).Select(level => new PriceLevel(level.Key, level.Value))];
    }

    /// <summary>Price 0 and quantity 0 when nobody is there.</summary>
    public PriceLevel Best(OrderSide side) => Depth(side, 1) is [var best] ? best : default;

    /// <summary>Price of all trades of the last minutes, weighted by quantity; the last price when there was none or 0 minutes are asked for.</summary>
    public decimal AveragePrice(int minutes, DateTime now)
    {
        var from = now - TimeSpan.FromMinutes(minutes);
        var (quantity, value) = (0m, 0m);
        for (var i = _trades.Count - 1; i >= 0 && minutes > 0 && _trades[i].Time >= from; i--)
        {
            quantity += _trades[i].Quantity;
            value += _trades[i].Quantity * _trades[i].Price;
        }

        return quantity > 0 ? value / quantity : Last;
    }

    private static Comparer<decimal> HighestFirst { get; } = Comparer<decimal>.Create((a, b) => b.CompareTo(a));

    private static List<PriceLevel> Taken(ReadOnlySpan<PriceLevel> levels, int most)
    {
        var taken = new List<PriceLevel>(Math.Min(most, levels.Length));
        foreach (ref readonly var level in levels)
        {
            if (taken.Count == most) break;
            if (level.Quantity > 0) taken.Add(level);
        }

        return taken;
    }

    private static decimal BestOf(ReadOnlySpan<PriceLevel> levels)
    {
        foreach (ref readonly var level in levels)
            if (level.Quantity > 0)
                return level.Price;
        return 0;
    }

    private MarketTrade NewTrade(decimal price, decimal quantity, DateTime time, bool isBuyerMaker)
    {
        var trade = new MarketTrade(++_lastTradeId, price, quantity, time, isBuyerMaker);
        if (_trades.Count >= 2 * KeptTrades) _trades.RemoveRange(0, KeptTrades);
        _trades.Add(trade);
        return trade;
    }
}
